"""Other names for what must not be told: of the same form, and always the same one for the same word of one bundle.

Everything hangs on a key that is drawn for a bundle and not kept, so nobody can look a word up, or go back.
"""
