"""Lines of NX-OS that say the same of a network that nobody knows: other names, addresses, numbers of AS, no secrets.

Nothing is left because it looks harmless, only because it is known to be: a word of NX-OS, a number, an interface, a
model, a release. Everything else is somebody's, and becomes something else of the same form, wherever it stands.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from ipaddress import AddressValueError, IPv4Address, IPv4Network, IPv6Address

from mlagkit.nxos.parse import BANNER
from mlagkit.nxos.redact import MASK, secrets_in
from mlagkit.nxos.vocabulary import vocabulary
from mlagkit.pseudonym import Key
from mlagkit.pseudonym.addresses import Addresses
from mlagkit.pseudonym.words import Words

_GUESSED = frozenset(("public", "private"))
"""Communities that everybody guesses: a rule is about them."""
_REFERENCE = re.compile(r"(?:env|file|cmd):")

_PORT = (
    r"(?:(?:ethernet|eth|e|fc|vfc)\d{1,3}(?:/\d{1,3}){1,3}"
    r"|(?:port-channel|po|vlan|vl|loopback|lo|mgmt|nve|tunnel|tu|null|vfc|san-port-channel)\d{1,4})"
    r"(?:\.\d{1,4})?(?:-(?:\d{1,3}/)*\d{1,4})?"
)
_MODEL = r"N\d+K-(?:SUP\d?|[A-Z]\d{3,6}[A-Z]{0,2})(?:-(?:FXP|[A-Z]{1,2}(?:\d[A-Z]?)?|\d{1,2}[A-Z]{0,2}))*"
"""What stands between its signs has one or two letters in a row: more of them may be a place, as in a host's name."""
_IMAGE = (
    r"(?:bootflash:/*)?(?:nxos(?:64(?:-(?:cs|msll))?(?:-lite)?)?|n\d{4}(?:-(?:[ds]\d|dk9|uk9|kickstart))+)"
    r"(?:\.(?:\d+[a-z]?|[a-z]\d?))+\.bin"
)
_RELEASE = r"\d+\.\d+\([\d.]+[a-z]{0,2}\)(?:[A-Z]{1,2}\d+(?:\([\d.]+[a-z]{0,2}\))?)?"
_KEPT = (
    _PORT,
    r"VLAN\d{4}",  # what a VLAN is called that was given no name
    _MODEL,
    _IMAGE,
    _RELEASE,
    r"\d{1,4}(?:g|m|k|x|s|ms|g-\dx)",
    r"(?:af[1-4][1-3]|cs[0-7])",  # of DSCP
    r"2c",  # of SNMP
)
_BEFORE_AS = ("router bgp", "remote-as", "local-as", "prepend", "confederation identifier", "confederation peers")
_BEFORE_NAME = ("username", "user", "contract-id", "customer-id", "site-id", "phone-contact")
"""What a number behind these names is a person or a customer."""
_MAC = r"[0-9a-f]{4}(?:\.[0-9a-f]{4}){2}|[0-9a-f]{2}(?:[:-][0-9a-f]{2}){5}"
_FORMS = (
    rf"(?<![\w.-])(?P<kept>{'|'.join(_KEPT)})(?![\w:-]|\.\w)",
    rf"(?:{'|'.join(f'(?<={words} )' for words in _BEFORE_AS)})(?P<numbers>\d[\d. ]*)",
    rf"(?:{'|'.join(f'(?<={word} )' for word in _BEFORE_NAME)})(?P<named>\d[\d-]*)(?![\w.+-])",
    r"(?<=\bengineid local )(?P<engine>[0-9a-f:]+)",  # of which a MAC address may be a part (RFC 3411)
    r"(?<![\w.])(?P<net>\d\d(?:\.[0-9a-f]{4})+\.\d\d)(?![\w.])",  # an IS-IS address may hold an IPv4 address
    rf"(?<![0-9a-f.:])(?P<mac>{_MAC})(?![0-9a-f]|[.:][0-9a-f])",
    r"(?<!\d)(?<!\d\.)(?P<ipv4>\d{1,3}(?:\.\d{1,3}){3})(?P<mask>/\d{1,2}| +(?:255|0)(?:\.\d{1,3}){3}|)(?!\.?\d)",
    r"(?<![\w.:])(?P<of_as>\d+)(?=(?::\d+){1,2}(?![\w:]|\.\d))",
    r"(?<![\w.:])(?P<ipv6>[0-9a-f]*:[0-9a-f:.]*:[0-9a-f.]*)(?P<length>/\d{1,3}|)(?![\w:])",
)
_FORM = re.compile("|".join(_FORMS), re.I)
_WORD = re.compile(r"[\w+-]+")
_NUMBER = re.compile(r"[\d-]+")
_LONGER = re.compile(r"\d{3}")
_CLOCK = 60
"""What is below may be an hour or a minute in front of a colon, and no AS."""
_WELL_KNOWN_MAC = re.compile(r"00000c07ac|00000c9ff|000573a0|00005e000[12]|002304eebe|0{12}|f{12}|01")
"""What gateways, vPC domains and groups have, whoever runs them."""
_TEXT = re.compile(
    r"\s*(?:[!#]|(?:no )?(?:description|remark|banner|snmp-server (?:contact|location)|ip as-path access-list)\b)", re.I
)
"""Lines in which a number may be anything; in the patterns of an AS path it is one."""


class Disguise:
    """What stands in the place of what, in one bundle; ``inputs`` are all texts of it, ``known`` words that stay."""

    def __init__(self, inputs: Iterable[str], known: Iterable[str] = (), key: Key | None = None) -> None:
        drawn = key or Key()
        self._known = vocabulary() | {word.lower() for word in known}
        self._words = Words(drawn, (*self._known, *inputs))
        self._addresses = Addresses(drawn)
        self._references: dict[str, str] = {}
        self._others: Mapping[str, Callable[[re.Match[str]], str]] = {
            "kept": lambda form: form[0],
            "numbers": self._as_numbers,
            "named": lambda form: self._words.name(form[0]),
            "engine": lambda form: self._words.secret(form[0]),
            "net": lambda form: self._words.name(form[0]),
            "mac": self._mac,
            "mask": self._ipv4,
            "of_as": self._of_as,
            "length": self._ipv6,
        }

    def config(self, text: str) -> str:
        """A whole configuration; what stands in a banner is text for people."""
        return "\n".join(self._config(text.split("\n")))

    def _config(self, lines: Iterable[str]) -> Iterator[str]:
        end = ""
        for line in lines:
            if end:
                yield self.text(line)
                end = "" if end in line else end
                continue
            yield self.line(line)
            banner = BANNER.match(line)
            end = banner[1] if banner and banner[1] not in line[banner.end() :] else ""

    def line(self, line: str) -> str:
        """One line of configuration, or a word that may stand in one."""
        told, done = [], 0
        forms = self.text if _TEXT.match(line) else self._structured
        for start, end in secrets_in(line):
            told += [forms(line[done:start]), self.secret(line[start:end])]
            done = end
        return "".join(told) + forms(line[done:])

    def secret(self, secret: str) -> str:
        """What stands for a secret; of a reference to one nothing is told either."""
        if secret.strip('"').lower() in _GUESSED or secret.startswith(MASK[:-1]):
            return secret
        if self.is_reference(secret):
            return self._references.setdefault(secret, f"env:SECRET_{len(self._references) + 1}")
        return self._words.secret(secret)

    @staticmethod
    def is_reference(word: str) -> bool:
        """Whether it says where a secret is to be had."""
        return bool(_REFERENCE.match(word))

    def text(self, text: str) -> str:
        """Text for people, in which any longer number may be a telephone's or a contract's."""
        return self._told(text, lambda word: bool(_LONGER.search(word)))

    def _structured(self, text: str) -> str:
        return self._told(text, lambda _: False)

    def _told(self, text: str, is_telling: Callable[[str], bool]) -> str:
        """Addresses and the like first: to a word they may be glued."""

        def other(found: re.Match[str]) -> str:
            word = found[0]
            stays = not is_telling(word) if _NUMBER.fullmatch(word) else word.lower() in self._known
            return word if stays else self._words.name(word)

        told, done = [], 0
        for form in _FORM.finditer(text):
            assert form.lastgroup
            told += [_WORD.sub(other, text[done : form.start()]), self._others[form.lastgroup](form)]
            done = form.end()
        return "".join(told) + _WORD.sub(other, text[done:])

    def _as_numbers(self, form: re.Match[str]) -> str:
        return re.sub(r"\d+", lambda number: str(self._words.as_number(int(number[0]))), form[0])

    def _of_as(self, form: re.Match[str]) -> str:
        """The number in front of the colon of a route target."""
        return form[0] if int(form[0]) < _CLOCK else self._as_numbers(form)

    def _mac(self, form: re.Match[str]) -> str:
        digits = iter(self._mac_digits(re.sub(r"[^0-9a-f]", "", form[0].lower())))
        return re.sub(r"[0-9a-fA-F]", lambda digit: _as_written(next(digits), digit[0]), form[0])

    def _mac_digits(self, digits: str) -> str:
        return digits if _WELL_KNOWN_MAC.match(digits) else self._words.mac(digits)

    def _ipv4(self, form: re.Match[str]) -> str:
        try:
            address = IPv4Address(form["ipv4"])
            length = IPv4Network(f"0.0.0.0/{form['mask'].strip(' /')}").prefixlen if form["mask"] else None
        except ValueError:
            return self._words.name(form[0])
        return f"{self._addresses.other(address, length)}{form['mask']}"

    def _ipv6(self, form: re.Match[str]) -> str:
        try:
            address = IPv6Address(form["ipv6"])
        except AddressValueError:
            return self._words.name(form[0])
        length = int(form["length"][1:]) if form["length"] else None
        other = str(self._addresses.other(address, length))
        return f"{other.upper() if form['ipv6'].isupper() else other}{form['length']}"


def _as_written(digit: str, old: str) -> str:
    return digit.upper() if old.isupper() else digit
