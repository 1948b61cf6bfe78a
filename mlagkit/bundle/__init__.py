"""What somebody may send where something is wrong: inputs that say the same of a network that nobody knows."""
