from dataclasses import dataclass
from ipaddress import IPv4Network, IPv6Network, ip_network

import pytest

from services.publish.destinations import Forbidden, check_address, check_url


@dataclass(frozen=True, slots=True)
class Allowed:
    allow_http: bool = False
    allow_networks: tuple[IPv4Network | IPv6Network, ...] = ()


STRICT = Allowed()
LOOPBACK = Allowed(allow_http=True, allow_networks=(ip_network("127.0.0.0/8"),))


@pytest.mark.parametrize(
    "url",
    [
        "https://cms.example/wire",
        "https://cms.example:8443/wire?x=1",
        "https://müller.example/",
        "https://9.9.9.9/",
        "https://[2620:fe::fe]/",
        "https://1e100.example/",
        "https://cms.example./",
    ],
)
def test_a_webhook_may_go_to_a_public_https_url(url: str) -> None:
    check_url(url, STRICT)


@pytest.mark.parametrize(
    ("url", "why"),
    [
        ("http://cms.example/", "http is not https"),
        ("ftp://cms.example/", "ftp is not https"),
        ("cms.example/wire", "no scheme is not https"),
        ("https://user:word@cms.example/", "no user name"),
        ("https://", "not a host name"),
        ("https://cms.example:wire/", "not a URL"),
        ("https://[::1", "not a URL"),
        ("https://cms.exa mple/", "no blanks"),
        ("https://cms.example\\@9.9.9.9/", "backslashes"),
        ("https://cms.example\n/", "control characters"),
        ("https://%31%32%37.0.0.1/", "four plain numbers"),
        ("https://cms%2eexample/", "not a host name"),
        ("https://a..example/", "not a host name"),
        ("https://127.0.0.1/", "loopback"),
        ("https://127.0.0.1./", "loopback"),
        ("https://localhost/", "loopback"),
        ("https://cms.LOCALHOST/", "loopback"),
        ("https://[::1]/", "loopback"),
        ("https://[::ffff:127.0.0.1]/", "loopback"),
        ("https://2130706433/", "four plain numbers"),
        ("https://0x7f.1/", "four plain numbers"),
        ("https://0x7f000001/", "four plain numbers"),
        ("https://0177.0.0.1/", "four plain numbers"),
        ("https://127.1/", "four plain numbers"),
        ("https://127.0.0.0x/", "four plain numbers"),
        ("https://１２７.0.0.1/", "loopback"),
        ("https://127。0。0。1/", "loopback"),
    ],
)
def test_a_url_that_hides_or_leaves_the_public_net_is_refused(url: str, why: str) -> None:
    with pytest.raises(Forbidden, match=why):
        check_url(url, STRICT)


@pytest.mark.parametrize(
    "ip",
    [
        "0.0.0.0",  # noqa: S104 - judged, not bound to
        "10.1.2.3",
        "100.64.0.1",
        "127.8.8.8",
        "169.254.169.254",
        "172.31.255.255",
        "192.0.0.8",
        "192.0.2.1",
        "192.168.1.1",
        "198.19.0.1",
        "224.0.0.1",
        "255.255.255.255",
        "::",
        "::1",
        "::127.0.0.1",
        "fe80::1",
        "fe80::1%eth0",
        "fd00::1",
        "ff02::1",
        "::ffff:10.0.0.1",
        "64:ff9b::10.0.0.1",
        "64:ff9b::a9fe:a9fe",
        "64:ff9b:1::9.9.9.9",
        "2002:7f00:1::",
        "2001:0:4136:e378:8000:63bf:3fff:fdd2",
        "2001:db8::1",
        "100::1",
        "wire",
        "127.1",
    ],
)
def test_an_address_off_the_public_net_is_refused(ip: str) -> None:
    with pytest.raises(Forbidden):
        check_address(ip, STRICT)


@pytest.mark.parametrize(
    "ip", ["9.9.9.9", "2620:fe::fe", "::ffff:9.9.9.9", "64:ff9b::9.9.9.9", "100.128.0.1"]
)
def test_a_public_address_passes(ip: str) -> None:
    check_address(ip, STRICT)


def test_an_allowed_network_opens_itself_and_nothing_else() -> None:
    check_url("http://127.0.0.1:9000/wire", LOOPBACK)
    check_url("http://localhost/", LOOPBACK)
    check_address("::ffff:127.0.0.1", LOOPBACK)

    with pytest.raises(Forbidden, match="private"):
        check_url("http://10.0.0.1/", LOOPBACK)
    with pytest.raises(Forbidden, match="loopback"):
        check_address("::1", LOOPBACK)


def test_http_alone_opens_no_network() -> None:
    with pytest.raises(Forbidden, match="link-local"):
        check_url("http://169.254.169.254/latest", Allowed(allow_http=True))
