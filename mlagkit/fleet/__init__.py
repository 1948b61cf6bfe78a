"""Many pair files: worked on by several processes at once, and not again where nothing changed.

What is left of a pair is small, so that none of the processes needs more memory for more pairs. The result is the same
for any number of processes, and with results of an earlier run or without.
"""
