"""Take the secrets out of a line of NX-OS, whatever command they stand in.

The forms are those of the Cisco Nexus 9000 and 7000 command references (security, unicast routing,
system management), and of the configurations in the corpus; a masked line still says which
command it is and for whom. What may be a secret is masked: a community that everybody uses, too.
"""

from __future__ import annotations

import functools
import hashlib
import hmac
import re
from collections.abc import Callable, Iterable, Iterator, Sequence

MASK = "<secret>"
"""What stands in the place of a secret."""

_S = r"(\"[^\"]*\"|\S+)"
_TYPED = rf"(?:[0-9]\s++)?{_S}"

# How an SNMP user's packets are kept private; none means DES.
_CIPHER = r"(?:(?:aes(?:-?\d+)?|3?des) )?"

# What may stand alone behind `authentication`, in other modes than that of a gateway's group.
_NO_SECRET = "message-digest|null|periodic|open|disable|ipsec|md5|text|key-chain|pre-share|(?:rsa|ecdsa)-(?:sig|encr)"

# OSPFv3, on an interface, in an area or on a virtual link.
_IPSEC = r"(?:ospfv3 |area \S+ (?:virtual-link \S+ )?)?"

_AUTHENTIC = "(?:authentication )?(?:md5|sha1) "

# The words in front of a secret, at the start of a line; ``no`` and ``!#`` may stand before them.
_COMMANDS: tuple[str, ...] = (
    # users of the switch
    rf"username \S+ (?:.*? )?password {_TYPED}",
    rf"user-jid \S+ password {_TYPED}",
    rf"username \S+ passphrase (?!lifetime|warntime|gracetime){_TYPED}",
    rf"enable (?:secret|password) {_TYPED}",
    rf"scheduler aaa-authentication (?:username \S+ )?password {_TYPED}",
    # snmp: community strings, users' keys, what a host is told
    rf"snmp-server user .*?\bauth (?:md5|sha\S*) {_S}(?:.*?\bpriv {_CIPHER}{_S})?",
    rf"snmp-server community {_TYPED}",
    rf"snmp-server (?:mib )?community-map {_S}",
    rf"snmp-server host \S+ (?:(?:traps|informs) )?version (?:1|2c) {_S}",
    rf"snmp-server host \S+ (?!(?:traps|informs|version|use-vrf|filter-vrf|source-interface|udp-port)\b){_S}",
    rf"snmp-server host \S+ (?:traps|informs) (?!version\b){_S}",
    rf"rmon event \d+ (?:log )?trap {_S}",
    # aaa servers
    rf"(?:tacacs|radius)-server key {_TYPED}",
    rf"(?:tacacs|radius)-server host \S+.*?\bkey {_TYPED}",
    rf"(?:tacacs|radius)-server (?:host \S+ )?test .*?\bpassword {_TYPED}",
    rf"ldap-server host \S+.*?\bpassword {_TYPED}",
    rf"ldap-server rootDN .*?\bpassword {_TYPED}",
    rf"aaa test .*?\bpassword {_TYPED}",
    # key chains, macsec, tunnel encryption
    rf"key-string {_TYPED}",
    rf"key-octet-string {_TYPED}",
    rf"(?:fallback-)?pre-shared-key (?:local |remote |address \S+ )?(?:key )?{_TYPED}",
    rf"key config-key (?:ascii|hex) {_S}",
    rf"encryption (?:decrypt|re-encrypt) .*?\bkey {_TYPED}",
    # first-hop redundancy
    rf"authentication (?:md5 )?key-string {_TYPED}",
    rf"authentication text {_TYPED}",
    rf"authentication (?!(?:{_NO_SECRET})\b){_S}(?=\s*(?:;|$))",
    rf"(?:vrrp|glbp|hsrp) \d+ authentication (?:text |md5 key-string )?{_TYPED}",
    # routing protocols
    rf"(?:neighbor \S+ )?password (?!strength-check|prompt|secure-mode|required|rollover|option|fallback){_TYPED}",
    rf"authentication-key {_TYPED}",
    rf"ip ospf (?:\S+ )?authentication-key {_TYPED}",
    rf"(?:ip ospf )?message-digest-key \d+ md5 {_TYPED}",
    rf"area \S+ (?:virtual|sham)-link \S+ .*?\bauthentication-key {_TYPED}",
    rf"area \S+ (?:virtual|sham)-link \S+ .*?\bmessage-digest-key \d+ md5 {_TYPED}",
    rf"{_IPSEC}authentication ipsec spi \d+ (?:md5|sha1) {_TYPED}",
    rf"{_IPSEC}encryption ipsec spi \d+ esp (?:null|\S+(?: \d{{3}})? {_TYPED})(?: {_AUTHENTIC}{_TYPED})?",
    rf"isis (?:authentication )?password {_TYPED}",
    rf"(?:area|domain)-password {_TYPED}",
    rf"ip (?:rip|eigrp) authentication (?:string|key) {_TYPED}",
    rf"ip pim hello-authentication ah-md5 {_TYPED}",
    rf"ip msdp password \S+ {_TYPED}",
    rf"mpls ldp (?:neighbor \S+ |\S+ )?password (?!required|option|rollover|fallback){_TYPED}",
    rf"mpls ldp .*?\bpassword option \d+ for \S+ (?!key-chain){_TYPED}",
    rf"bfd (?:\S+ )?authentication .*?\b(?:hex-key|ascii-key|key) {_S}",
    rf"ntp authentication-key \d+ \S+ {_TYPED}",
    rf"ip wccp (?:vrf \S+ )?(?:\d+|web-cache) .*?\bpassword {_TYPED}",
    # the neighbours' and the fabric's protocols
    rf"vtp password {_S}",
    rf"fcsp dhchap (?:devicename \S+ )?password {_TYPED}",
    rf"cts device-id \S+ password {_TYPED}",
    rf"cts sxp default password {_TYPED}",
    rf"cts sxp connection .*?\bpassword required {_TYPED}",
    rf"(?:cts )?sap pmk {_S}",
    rf"dot1x credentials .*?\bpassword {_TYPED}",
    # certificates and keys for IPsec
    rf"crypto (?:isakmp|ikev2) (?:key|pre-shared-key) {_TYPED}",
    rf"crypto ca (?:import|export) \S+ pkcs12 \S+ {_S}",
    rf"(?:challenge-password|crypto ca challenge) {_TYPED}",
    rf"key {_TYPED} (?:address|hostname) ",
    rf"nxapi certificate httpskey keyfile \S+ password {_S}",
    rf"identity-key .*?\bpassphrase {_TYPED}",
    # clients of other systems
    rf"(?:transport email |ip ftp |proxy )?(?:username|user) \S+ (?:encrypted )?(?:password|passwd) {_TYPED}",
    rf"(?:ip ftp|ip http client|ip http) password {_TYPED}",
    rf"(?:ip ftp|smtp-server).*?\bpassword {_TYPED}",
    rf"set credentials .*?\bpassword {_TYPED}",
    rf"(?:smart-licensing|license smart (?:register|trust)) (?:idtoken|id-token) {_S}",
    rf"api-?(?:key|token) {_TYPED}",
    # the rest of an snmp-server user line that a terminal has wrapped (corpus single/jonwang-dc2-bgw01.cfg)
    rf"(?:[0-9A-Fx]+ )?priv {_CIPHER}{_S}(?= localized)",
)

# Secrets that can stand anywhere in a line.
_ANYWHERE: tuple[str, ...] = (
    r"\b[a-z]+://[^\s/:@]+:([^\s/@]+)@",
    r"^\s*([0-9A-F]{2,}|env:\S+) priv ",
    r"(?<!\S)(\S+) localized(?:V2)?key\b",
    rf"(?<!\S)(?:password|passwd|passphrase|secret|shared-secret) [0-9]\s++{_S}",
    rf"(?<![^\s\"'])(?:username|user)\s++\S+\s++(?:encrypted\s++)?(?:password|passwd)\s++(?:encrypted\s++)?{_TYPED}",
)

# A command may stand inside another: in an applet of the event manager, behind an alias.
_INSIDE = r"(?:(?:no )?(?:action \S+ cli (?:command )?|cli alias name \S+ )[\"']?){0,3}"

# Blanks are taken whole (`++`), or a long run of them would be tried at every length.
_START = rf"^\s*+(?:!#\s*+)?{_INSIDE}(?:no\s++)?".replace(" ", r"\s++")
_HINT = re.compile(
    r"pass|key|secret|communit|snmp-server|trap|auth|encrypt|localized|priv |pmk|token|://|pkcs12|challenge", re.I
)
_LETTERS = re.compile(r"[a-z]+")
# What few lines need is compiled at its first use.
_WORD = r"(?:\(\?:(?:[^()]|\([^()]*\))*\)\?)*([A-Za-z]+)(?=[ \d]|-(?!\?))"
"""The letters that a form begins with, all that stand side by side, behind what may be left out."""
_FREE_TEXT = r"(?i)\s*+(?:no\s++)?(?:description|name|remark|banner|snmp-server\s++(?:contact|location))\s"
_QUOTED = r"""[:'"`(\[<{,/=]\s*+|\\n\s*+"""
"""What a line of configuration may stand behind in a message."""
_TYPE = rf"(?<= )\d (?={MASK})"
_CLEAR = rf"(?<= )0 (?={MASK})"
_WORDS_OF_A_GATEWAY = rf"(?<=^authentication )(?:text|(?:md5 )?key-string) (?={MASK})"
_ONE_WORD = f"env:{MASK}"
"""What a reference to a secret is where it has to be one word: a command may have blanks in it."""
_PLACES, _MANY = 64, 16
_KEPT = ("env:", "file:", "cmd:", "<secret")
"""The reference to a secret tells nothing, and what is masked stays as it is."""


def redact(line: str, key: str | None = None) -> str:
    """The line with every secret masked; with a ``key`` the mask shows whether two of them are equal."""
    return with_secrets(line, lambda _, secret: secret if secret.startswith(_KEPT) else _mask(secret, key))


def redact_prose(text: str) -> str:
    """Text that is about lines of configuration, with every secret in them masked, wherever in it they stand."""
    return "\n".join(_prose(line) for line in text.split("\n"))


def _prose(line: str) -> str:
    """From the last place on at which a line may be quoted: what it masks stays masked for those before it."""
    if not _HINT.search(line):
        return line
    starts = [match.end() for match in re.finditer(_QUOTED, line)]
    for start in reversed([0, *starts[:_PLACES]]):
        line = line[:start] + redact(line[start:])
    return line


def redact_all(line: str, key: str | None = None) -> str:
    """The same, references to secrets among them: as the line looks where the secret itself stands in it."""
    return with_secrets(line, lambda _, secret: MASK if secret.startswith(_KEPT) else _mask(secret, key))


def with_secrets(line: str, told: Callable[[str, str], str]) -> str:
    """The line with ``told(words before it, secret)`` in the place of every secret, or of a reference to one.

    The words before a secret are without the secrets among them.
    """
    found: list[str] = []
    words, done = "", 0
    for start, end in secrets_in(line):
        words += line[done:start]
        found += [line[done:start], told(words, line[start:end])]
        done = end
    return "".join(found) + line[done:]


@functools.lru_cache(maxsize=4096)  # an import asks several times for the same lines, and 68 forms are tried on some
def secrets_in(line: str) -> Sequence[tuple[int, int]]:
    """Where the secrets of a line are, in their order."""
    return _joined(_spans(line)) if _HINT.search(line) else ()


def words_in_front() -> Iterator[str]:
    """The words by which a secret is known as one."""
    for form in _COMMANDS:
        yield from re.findall(r"[a-z][a-z0-9-]*[a-z0-9]", re.sub(r"\\\w", " ", form))


def _tried(piece: str) -> Iterator[re.Pattern[str]]:
    """The forms that may fit: those whose word the piece has, or all where a letter may pass for one of ASCII's."""
    words = {"", *_LETTERS.findall(piece.lower())}
    return (_compiled(form) for word, form in _forms() if word in words or not piece.isascii())


@functools.cache  # compiling all of them takes longer than reading a pair file, and most lines need few
def _compiled(form: str) -> re.Pattern[str]:
    return re.compile(form, re.I)


@functools.cache
def _forms() -> tuple[tuple[str, str], ...]:
    """Each form behind the word that it can't do without, which is empty where there is a choice."""
    forms = ((_word(form), _START + form.replace(" ", r"\s++")) for form in _COMMANDS)
    return (*forms, *((_word(form), form) for form in _ANYWHERE))


def _word(form: str) -> str:
    match = re.match(_WORD, form)
    return match[1].lower() if match else ""


def shape(line: str) -> str:
    """The line without indent and without what is secret in it, references among that: equal for equal commands."""
    return " ".join(with_secrets(line, lambda *_: MASK).split())


def references_in(line: str, unknown: Iterable[str]) -> Sequence[str]:
    """Those of these references to secrets that stand in a line; one may be the beginning of another."""
    found = []
    for reference in sorted(unknown, key=len, reverse=True):
        if reference in line:
            found.append(reference)
            line = line.replace(reference, MASK)
    return found


def may_be(running: str, intended: str, unknown: Iterable[str]) -> bool:
    """Whether a line that runs may be the intended one, where nobody has the secrets that are ``unknown``.

    All else has to be equal. The form of a secret belongs to it where the intent says none: a switch prints what was
    typed in the clear behind the digit of its encryption (reference 7.18), and in a gateway's group the pair file's
    reference stands for all words behind ``authentication``.
    """
    for reference in references_in(intended, unknown):
        intended = intended.replace(reference, _ONE_WORD)
    hidden = [intended[start:end] == _ONE_WORD for start, end in secrets_in(intended)]
    if not any(hidden) or len(hidden) != len(secrets_in(running)):
        return False
    here, there = (_without(line, hidden) for line in (running, intended))
    bare = re.sub(_TYPE, "", here)
    return re.sub(_CLEAR, "", there) in (here, bare, re.sub(_WORDS_OF_A_GATEWAY, "", bare))


def _without(line: str, hidden: Iterable[bool]) -> str:
    """The line without indent, and without those of its secrets that are hidden."""
    marks = iter(hidden)
    return " ".join(with_secrets(line, lambda _, secret: MASK if next(marks) else secret).split())


def fingerprint(secret: str, key: str) -> str:
    """Twelve digits that are equal for equal secrets, and tell nothing to whoever lacks the key."""
    return hmac.new(key.encode(), secret.encode("utf-8", "surrogateescape"), hashlib.sha256).hexdigest()[:12]


def _groups(form: re.Pattern[str]) -> range:
    return range(1, form.groups + 1)


def _spans(line: str) -> Iterator[tuple[int, int]]:
    """Where secrets are: in the whole line, and behind every ``;``, which puts several commands into one line."""
    starts = [0] if re.match(_FREE_TEXT, line) else [0, *(match.end() for match in re.finditer(";", line))]
    for start, end in zip(starts, [*starts[1:], len(line)], strict=True):
        # A secret may hold one, so a command reaches to the end; not that of the hundredth, or a line takes minutes.
        piece = line[start:] if start in starts[:_MANY] else line[start:end]
        for form in _tried(piece) if _HINT.search(piece) else ():
            for match in form.finditer(piece):
                yield from ((start + match.start(group), start + match.end(group)) for group in _groups(form))


def _joined(spans: Iterable[tuple[int, int]]) -> list[tuple[int, int]]:
    """In their order, without the groups that matched nothing, and those that overlap as one."""
    joined: list[tuple[int, int]] = []
    for start, end in sorted(span for span in spans if span[0] < span[1]):
        if joined and start < joined[-1][1]:
            joined[-1] = (joined[-1][0], max(end, joined[-1][1]))
        else:
            joined.append((start, end))
    return joined


def _mask(secret: str, key: str | None) -> str:
    return f"<secret {fingerprint(secret, key)}>" if key else MASK
