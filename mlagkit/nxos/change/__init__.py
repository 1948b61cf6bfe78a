"""What a change is made of: the lines that are typed, what each of them does besides what it says, and in which order.

Facts about NX-OS alone: which lines need what, take what, touch whom, ask back. How both switches of a pair get from
here to there is told by `mlagkit.plan`, which is the only one that puts these together.
"""
