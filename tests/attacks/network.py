"""Attacks that speak with somebody: this machine, the net, a socket in the file system. Answers are right."""

from __future__ import annotations

from tests.attacks.attack import START, Attack

TRY = """
import socket
def attempt(act):
    try: print(act())
    except OSError as error: print(error)
"""
TCP = (
    TRY
    + """
attempt(lambda: socket.create_connection(("127.0.0.1", PORT), 2).sendall(MARK.encode()))
attempt(lambda: socket.create_connection(("localhost", PORT), 2).sendall(MARK.encode()))
"""
)
UDP = (
    TRY
    + """
attempt(lambda: socket.socket(socket.AF_INET, socket.SOCK_DGRAM).sendto(MARK.encode(), ("127.0.0.1", PORT)))
"""
)
UNIX = (
    TRY
    + """
for kind in (socket.SOCK_STREAM, socket.SOCK_DGRAM):
    path = OUTSIDE + ("/stream" if kind == socket.SOCK_STREAM else "/datagram")
    def speak():
        with socket.socket(socket.AF_UNIX, kind) as unix:
            unix.connect(path)
            unix.sendall(MARK.encode())
    attempt(speak)
"""
)
PAIR = (
    TRY
    + """
for kind in (socket.SOCK_DGRAM, socket.SOCK_SEQPACKET, socket.SOCK_STREAM):
    attempt(lambda: socket.socketpair(socket.AF_UNIX, kind)[0].sendto(MARK.encode(), OUTSIDE + "/datagram"))
"""
)
ABSTRACT = (
    TRY
    + """
def speak():
    with socket.socket(socket.AF_UNIX) as unix:
        unix.connect("\\0" + MARK)
        unix.sendall(MARK.encode())
attempt(speak)
"""
)
OUT = (
    TRY
    + """
import urllib.request
socket.setdefaulttimeout(2)
attempt(lambda: socket.create_connection(("192.0.2.1", 80), 2))
attempt(lambda: socket.getaddrinfo("example.org", 80))
attempt(lambda: urllib.request.urlopen("http://192.0.2.1/?" + MARK, timeout=2).read())
"""
)

ATTACKS = [
    Attack("tcp", "connects to a server on this machine", "right", cells=[(START, TCP)]),
    Attack("udp", "sends a datagram to a server on this machine", "right", cells=[(START, UDP)]),
    Attack("unix-socket", "connects to a Unix socket in the file system", "right", cells=[(START, UNIX)]),
    Attack(
        "unix-pair",
        "sends from a pair of sockets of its own to one in the file system",
        "right",
        cells=[(START, PAIR)],
    ),
    Attack(
        "abstract-socket", "connects to a Unix socket that has no file", "right", cells=[(START, ABSTRACT)]
    ),
    Attack("internet", "asks for a name and a page on the net", "right", cells=[(START, OUT)]),
]
