"""`python -m palabre.project.cli`: how the supervisor starts its parts, whatever the folder of the scripts."""

from palabre.project.cli import main

main()
