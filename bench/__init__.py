"""The bench: how fast Palabre is beside a bare page of the same framework, on the same server, in the same run.

Absolute figures belong to a machine; ratios travel. So each page is measured in rounds interleaved with the floor: a
page with four queries, a stored text of 6 KB and fifty rows, behind the same middleware. `bin/bench` prints medians.
"""
