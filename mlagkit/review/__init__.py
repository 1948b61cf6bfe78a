"""The change between a git revision and the working tree, as a reviewer wants to see it: judged, planned, drilled."""
