"""`python -m palabre.project.cli`: the command line, whatever the folder of the scripts."""

from palabre.project.cli import main

main()
