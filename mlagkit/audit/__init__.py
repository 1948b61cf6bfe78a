"""What an auditor asks of the journals that pushes leave: are they whole, what do they record, do old seals hold."""
