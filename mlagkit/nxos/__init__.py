"""Everything that is true only of NX-OS."""
