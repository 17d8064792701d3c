"""Where requests come from, as a keyed hash: what brakes slow, and nobody can read back."""

from ipaddress import IPv6Address, ip_address, ip_network

from fieldwork.entry.codes import fingerprint

IPV6_NETWORK = 64  # bits that a household has in common
UNKNOWN = "0.0.0.0"  # noqa: S104 - an unknown address is a network of its own


def network_mark(address: str | None, pepper: bytes) -> str:
    """The mark of an address, or of the part of it that a household has in common."""
    found = ip_address(address or UNKNOWN)
    if isinstance(found, IPv6Address) and not found.ipv4_mapped:
        return fingerprint(str(ip_network((found, IPV6_NETWORK), strict=False)), pepper)
    return fingerprint(str(found), pepper)
