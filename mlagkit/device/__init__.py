"""The one way to a switch: whom to ask, how to prove that it is the right one, how to read it whole."""
