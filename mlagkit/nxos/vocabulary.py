"""The words of NX-OS: what may stand in a line of any switch, and so tells nothing of whose it is.

Those of the catalogue, those by which secrets are known, those that lines of two or more independent authors have in
common in public configurations (outside of names, descriptions and remarks), and others of the command references.
A word that is missing here is taken for somebody's: a line that nobody knows becomes harder to read, and nothing leaks.
"""

from __future__ import annotations

import re
from functools import cache

from mlagkit.nxos.catalogue import ROWS
from mlagkit.nxos.redact import words_in_front

_BESIDE = """
aaa accept-lifetime access-class access-group accounting ack action-shutdown additional-paths address-table
addrgroup admin advertise-pip aes aggregate-address aging-time ah ah-md5 ahp alerts alias all allocate allow
allow-multi-tag allowas-in always any anycast-rp applet area arp-ether arp-suppression as-path as-set ascii-key
assign atomic authentication-check authentication-key auto-cost auto-rp automation bash-shell beacon bestpath bfd
bgp-cost biff bios boot bootflash bootpc bootps border-gateway both bps breakout bsr bsr-candidate bypass bytes ca
callhome cause cdp certificate cfs chain challenge chap checkpoint class class-default class-map clear cli client
clock cmd combined command commit community-list community-map concatenation confederation config config-key conform
connected console contact contract-id control-plane copp cos credentials critical crypto cryptographic-algorithm cs
cts customer-id dampen-igp-metric dampening dci-tracking dead-interval debounce debugging default-information
delay-restore delete deny des destination-group destination-profile detail detect dhcp-snooping-vlan dir direct
disable-connected-check discard distribute dns-refresh-interval dnsix domain-list domain-lookup domain-name down
drop dst-ip dst-mac dynamic ebgp-multihop echo echo-mode echo-reply ef eigrp email-contact emergencies encryption
end-job engineid env eq errdisable error-enable errors esp established eth ethernet ethernet-bridge event
event-notify exceed except exec-mode exec-timeout explicit-tracking export exporter extcommunity extended
fabric-external fabric-tracking facility failed fallback fast-leave fast-reroute fc fcoe feature-control
featureopstatuschange fec fex filter-list fin finger fips firewall flood flow flowcontrol fragments front-panel ftp
gbps grace-period gre group-list grpc gt hardware hash hello-authentication hello-interval helper-disable hex
hex-key hmac host host-route http ibgp icam icmp icmpv6 id identifier igmp igmp-snooping ikev2 import in inbound
inconsistency infinite infinity inform informational informs inherit input inside inspection install-mode
install-route interface-id internal ip-l4port ipsec is-type isakmp isis job join-prune kbps keepalive key key-chain
key-id key-octet-string key-string keyed-sha1 kickstart l2vpn l3 last-member-query-interval ldp le level-1 level-1-2
level-2 limit-resource line line-protocol link link-debounce link-flap link-local link-status listen lldp local
local-address local-as local-preference local-proxy-arp local0 local1 local2 local3 local4 local5 local6 local7
location log log-adjacency-changes log-neighbor-changes logfile logging login loop-inconsistency loopback loose
lossless m4route-mem m6route-mem mac-list management map match maximum maximum-paths maximum-prefix mbps mcast md5
mdix medium medium-p2p merge-failure metric metric-style mgmt mib microseconds milliseconds min_rx mobile-ip module
module-type monitor monitor-session monitor-session-erspan-dst mpls mrouter ms mtu-ignore multicast-flood
multipath-relax multiplier multisite name-server narrow nat negotiation neighbor neighbor-policy neq net netbios-dgm
netbios-ns netbios-ss network-admin network-operator network-qos next-hop next-hop-self ngoam no no-advertise
no-export no-prepend no-prompt no-redistribution no-summary non500-isakmp nos notifications notifs nssa ntp numbered
nxapi nxos object object-track off on-startup option origin-id originate ospf ospfv3 out output outside overload-bit
owner p2p packets passive-interface pause pcp peer peer-type peers per-entry percent permit phone-contact pim
pim-auto-rp pmk poap police policy-map port-profile portgroup ports power pps pre-shared-key precedence prepend
priority-flow-control private privilege profile proxy-arp psh public qos qos-group querier querier-timeout queue
queuing racl radius radius-server range rapid rate-limit read read-write receive recovery redirect redistribute
redundancy-mode ref-template reference-bandwidth region remark remote-as replace replace-as report-suppression
resource restart retain reverse rewrite-evpn-rt-asn rip rmon ro robustness-variable rollback root-inconsistency
rotate route-map route-reflector-client route-type router router-id routing rp-address rp-candidate rsakeypair rst
running rw san sap scale schedule scheduler scp-server sctp seconds segment-routing selection send send-community
send-lifetime sensor-group server server-state-change service service-policy service-template set set-overload sflow
sftp-server sh sha sha1 sha256 show shutdown-lan site-id slow-timer smtp-send-fail snmp snmp-index snmptrap snooping
soft-reconfiguration source-dest-ip source-dest-mac source-dest-port sparse-mode spt-threshold src-dst src-dst-ip
src-ip src-mac ssh ssm ssm-range startup state-change state-change-notif static-oif statistics streetaddress
strength-check strict string stub subnet summary-only sunrpc suspended switch-profile sxp symmetric sysmgr table-map
tacacs tacacs+ tacacs-server tag talk tcam tcp telemetry telnet template tftp time timeout timestamp timezone to
topologychange tos traceroute traffic-filter transmit transport traps trunk-status trustpoint ttl tunnel u4route-mem
u6route-mem udp unchanged underlay unknown unknown-unicast unnumbered unnumbered-donor unreachable unreachables up
update-source upgrade uphold urg use-acl use-bia use-link-local-only use-shared-tree-only use-vrf uucp vdc vdc-admin
violate virtual-ethernet-bridge virtual-link virtual-service vlancreate vlandelete vmware vn-segment-vlan-based
vpc-keepalive vsan vtp vty warning-only warnings wide www xconnect xdmcp xml yes
"""
_VALUE = re.compile(r"<[^>]*>")
_WORD = re.compile(r"[a-z][a-z0-9+-]*")


@cache
def vocabulary() -> frozenset[str]:
    """Every word, in small letters."""
    literal = (word for row in ROWS for word in _WORD.findall(_VALUE.sub(" ", row.command)))
    return frozenset((*literal, *words_in_front(), *_BESIDE.split()))
