"""Whether a request comes from a program on this machine, and not through a proxy or out of a strange web page."""

import ipaddress
from urllib.parse import urlsplit

from starlette.datastructures import Headers
from starlette.types import Scope

# What proxies add. Behind one on this machine every peer is 127.0.0.1, so its address proves nothing.
_FORWARDED = (
    *("forwarded", "via", "x-forwarded-for", "x-forwarded-host", "x-forwarded-proto", "x-forwarded-prefix"),
    *("x-real-ip", "x-client-ip", "cf-connecting-ip", "true-client-ip"),
)


def is_local(scope: Scope) -> bool:
    """True for a direct request from this machine, addressed to it by a loopback name.

    The name is looked at because a web page may have its own domain resolve to 127.0.0.1, and the origin because a
    browser sends some requests of any page without asking.
    """
    headers = Headers(scope=scope)
    if any(name in headers for name in _FORWARDED):
        return False
    client = scope.get("client")
    return client is not None and _is_loopback(client[0]) and _names_loopback(headers) and is_same_origin(headers)


def is_same_origin(headers: Headers) -> bool:
    """Whether a browser, if one sent this, sent it from a page of this service."""
    if headers.get("sec-fetch-site", "none") not in ("none", "same-origin"):
        return False
    origin = headers.get("origin")
    if origin is None:
        return True
    try:
        named = urlsplit(origin).netloc
    except ValueError:  # no browser sends such a one
        return False
    return bool(named) and named == headers.get("host", "")


def client_address(scope: Scope) -> str:
    """The address a client is known by: of IPv6 the network, of which one client has many addresses."""
    client = scope.get("client")
    host = client[0] if client else ""
    try:
        address = ipaddress.ip_address(host)
    except ValueError:
        return "unknown"
    if isinstance(address, ipaddress.IPv6Address):
        if address.ipv4_mapped:
            return str(address.ipv4_mapped)
        return str(ipaddress.ip_network((address, 64), strict=False).network_address)
    return str(address)


def _is_loopback(host: str) -> bool:
    try:
        address = ipaddress.ip_address(host)
    except ValueError:
        return False
    mapped = address.ipv4_mapped if isinstance(address, ipaddress.IPv6Address) else None
    return (mapped or address).is_loopback


def _names_loopback(headers: Headers) -> bool:
    try:
        name = urlsplit(f"//{headers.get('host', '')}").hostname or ""
    except ValueError:
        return False
    return name == "localhost" or _is_loopback(name)
