"""How a pair is joined together: what rules, drill and plan ask of two Switches.

Who is behind a port, which VLANs it carries, whose an address is and where it leads, what a keepalive is sent from.
Nothing here judges.
"""
