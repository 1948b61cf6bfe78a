"""What stands in the place of names and addresses: of the same form, always the same, and no two become one."""

from __future__ import annotations

from ipaddress import IPv4Address, IPv4Network, IPv6Address, ip_network

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mlagkit.pseudonym import Key
from mlagkit.pseudonym.addresses import Address, Addresses
from mlagkit.pseudonym.words import Words

KEY = Key(b"the same each time")
ADDRESSES = st.one_of(st.ip_addresses(v=4), st.ip_addresses(v=6))
NAMES = st.text(st.sampled_from("abcXYZ019-_."), min_size=1, max_size=12)


def bits(address: Address) -> str:
    """The bits of an address."""
    return f"{int(address):0{address.max_prefixlen}b}"


def shared(one: Address, other: Address) -> int:
    """How many bits two addresses begin with alike."""
    pairs = zip(bits(one), bits(other), strict=True)
    return next((at for at, (bit, same) in enumerate(pairs) if bit != same), one.max_prefixlen)


@given(ADDRESSES, st.integers(0, 128), st.integers(0, 2**128 - 1))
def test_subnets_stay_subnets(address: Address, length: int, noise: int) -> None:
    """Two addresses share as many bits as before, so that one is in the subnet of the other where it was."""
    size = address.max_prefixlen
    length = min(length, size)
    near = type(address)((int(address) >> (size - length) << (size - length)) | noise % 2 ** (size - length))
    one, other = (Addresses(KEY).other(each) for each in (address, near))
    assert shared(one, other) == shared(address, near)


@given(st.ip_addresses(v=4), st.integers(0, 32))
def test_network(address: Address, length: int) -> None:
    """A network's address stays one, and what is in the network stays in it."""
    network = IPv4Network((int(address), length), strict=False)
    addresses = Addresses(KEY)
    other = IPv4Network((int(addresses.other(network.network_address, length)), length))
    kept_whole = network.network_address in ip_network("0.0.0.0/8")  # masks and default routes
    assert addresses.other(address) in other or kept_whole


@pytest.mark.parametrize(
    "text", ["0.0.0.0", "0.0.0.255", "255.255.255.0", "127.0.0.1", "224.0.0.5", "239.1.1.1", "::", "::1", "ff02::1"]
)
def test_meanings_stay(text: str) -> None:
    """Masks, groups and loopback are what they were."""
    address = IPv6Address(text) if ":" in text else IPv4Address(text)
    assert Addresses(KEY).other(address) == address


@pytest.mark.parametrize("block", ["10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16", "169.254.0.0/16", "100.64.0.0/10"])
@given(st.integers(0, 2**32 - 1))
def test_blocks_stay(block: str, number: int) -> None:
    """What is private stays private, and what is not does not become so."""
    network, address = IPv4Network(block), IPv4Address(number)
    inside = IPv4Address(int(network.network_address) | number % network.num_addresses)
    assert Addresses(KEY).other(inside) in network
    assert (Addresses(KEY).other(address) in network) == (address in network)


def test_another_bundle_has_other_words() -> None:
    """The key is drawn for each, so nobody can look a word up in a second one."""
    one, other = ((Words(Key(), ()).name("datacenter-frankfurt-0815"), Addresses(Key())) for _ in range(2))
    assert one[0] != other[0]
    address = IPv6Address("2001:db8:1:2:3:4:5:6")
    assert one[1].other(address) != other[1].other(address)


@given(st.lists(NAMES, max_size=40))
def test_names(names: list[str]) -> None:
    """Two names become one only where they differ in capitals alone; length, digits and signs stay where they are."""
    words = Words(KEY, names)
    others = {name: words.name(name) for name in names}
    assert len({other.lower() for other in others.values()}) == len({name.lower() for name in names})
    for name, other in others.items():
        assert [(char.isalpha(), char.isdigit(), char.isupper()) for char in name] == [
            (char.isalpha(), char.isdigit(), char.isupper()) for char in other
        ]
        assert words.name(name) == other


@pytest.mark.parametrize("numbers", [range(1000), range(999, -1, -1)])
def test_every_number_of_three_digits(numbers: range) -> None:
    """All names of a thousand VLANs find another one each; a zero in front stays, and comes in front of no other."""
    words, names = Words(KEY, ()), [f"VL-{number:03}" for number in numbers]
    others = [words.name(name) for name in names]
    assert len({*others}) == 1000
    assert [other[3] == "0" for other in others] == [name[3] == "0" for name in names]


def test_more_letters_than_there_are() -> None:
    """There are 26 for single ones; where all of these are taken two become one. What is not ASCII stays so."""
    words, letters = Words(KEY, ()), "abcdefghijklmnopqrstuvwxyzäöÜéλд"
    others = [words.name(letter) for letter in letters]
    assert len({*others[:26]}) == 26
    assert [(other.isalpha(), other.isascii(), other.isupper()) for other in others] == [
        (True, letter.isascii(), letter.isupper()) for letter in letters
    ]


def test_a_number_without_end() -> None:
    """However many digits stand in a row, others stand there."""
    digits = "1234567890" * 1000
    other = Words(KEY, ()).name(digits)
    assert (len(other), other.isdecimal()) == (len(digits), True)
    assert digits[:18] not in other


def test_no_word_of_the_inputs_is_invented() -> None:
    """What is made up is none of the words that are really there."""
    names = [f"{one}{two}{three}" for one in "bcd" for two in "aeiouy" for three in "fghj"]
    words = Words(KEY, names)
    assert not {words.name(name) for name in names} & {*names}


@pytest.mark.parametrize(
    ("number", "kind"),
    [
        (64512, range(64512, 65535)),
        (3320, range(1, 64512)),
        (4_200_000_000, range(4_200_000_000, 4_294_967_295)),
        (200_000, range(65536, 4_200_000_000)),
    ],
)
def test_as_numbers(number: int, kind: range) -> None:
    """Private ones stay private, and two or four bytes stay two or four."""
    other = Words(KEY, ()).as_number(number)
    assert other in kind
    assert other != number


def test_no_as_becomes_that_of_nobody() -> None:
    """No public AS becomes 23456, which stands for those of four bytes (RFC 6793): with this key it would be drawn."""
    key = Key(b"nobody")
    assert range(1, 64512)[key.number("as", "44918") % 64511] == 23456
    assert Words(key, ()).as_number(44918) in {*range(1, 64512)} - {23456}


@pytest.mark.parametrize("number", [0, 23456, 65535, 4_294_967_295, 2**40])
def test_as_numbers_of_nobody(number: int) -> None:
    """What is no AS of anybody stays."""
    assert Words(KEY, ()).as_number(number) == number


@pytest.mark.parametrize("digits", ["001122334455", "0a1122334455", "031122334455"])
def test_mac(digits: str) -> None:
    """A local address stays local, a group stays a group, and of one maker's two addresses both are of another's."""
    words = Words(KEY, ())
    one, other = words.mac(digits), words.mac(digits[:6] + "ffffff")
    assert (int(one[:2], 16) & 3, len(one)) == (int(digits[:2], 16) & 3, 12)
    assert (one[:6] == other[:6], one[6:] == other[6:]) == (True, False)
    assert one[:6] != digits[:6]


@pytest.mark.parametrize(
    "secret", ["$5$BIAEAI$g7S6cA17", "0x39ed0b125e35", "0146D5CE237F", "Zq9-leak", "12345678", '"Fewhg12"']
)
def test_secret(secret: str) -> None:
    """Another one of the same form, which a switch would take where it took the first."""
    words = Words(KEY, ())
    other = words.secret(secret)
    assert other == words.secret(secret) != secret
    assert len(other) == len(secret)
    assert (other[:3] == "$5$", other[:2] == "0x") == (secret[:3] == "$5$", secret[:2] == "0x")
    assert (
        [char.isdigit() for char in other] == [char.isdigit() for char in secret] or "0x" in secret or secret.isalnum()
    )
