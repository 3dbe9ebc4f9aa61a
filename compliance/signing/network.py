"""The one module that reaches the network, and only for what a signature was asked to prove.

Loads the HTTP client when imported, so it is imported only inside functions.
"""

import ssl
import threading
import urllib.error
import urllib.parse
import urllib.request

from compliance.errors import InputError, SurroundingsError

SECONDS = 10  # for one whole exchange: name, connection, answer
_LARGEST_ANSWER = 32 * 2**20  # bytes; lists of revoked certificates reach some MiB


def check_url(url: str) -> None:
    """Make sure that an address is one of the web.

    Raises:
        InputError: it is another kind of address, or none.
    """
    try:
        parts = urllib.parse.urlsplit(url)
        good = parts.scheme in {"http", "https"} and bool(parts.hostname) and url.isprintable()
    except ValueError:
        good = False
    if not good or " " in url:
        raise InputError(f"“{url}” is no address; give one that begins with https:// or http://.")


def exchange(url: str, *, body: bytes | None = None, kind: str = "", accept: str = "") -> bytes:
    """Return what the server answers to a GET, or to a POST of `body`, whose media type is `kind`.

    The whole takes at most `SECONDS`, however slowly the server drips.

    Raises:
        InputError: the address is none of the web.
        SurroundingsError: no answer in time, no connection, an error, or too long an answer.
    """
    check_url(url)
    headers = {"Content-Type": kind} if body is not None else {}
    headers |= {"Accept": accept} if accept else {}
    request = urllib.request.Request(url, data=body, headers=headers)  # noqa: S310 - checked above
    found: list[bytes | Exception] = []
    worker = threading.Thread(target=_ask, args=(request, found), daemon=True)
    worker.start()
    worker.join(SECONDS)
    match found[:1]:
        case [bytes() as answer]:
            return answer
        case [SurroundingsError() as error]:
            raise error
        case [Exception() as error]:
            raise SurroundingsError(f"{_host(url)} cannot be reached ({_reason(error)}).")
        case _:
            raise SurroundingsError(f"{_host(url)} did not answer within {SECONDS} seconds.")


def _ask(request: urllib.request.Request, found: list[bytes | Exception]) -> None:
    """Put the answer, or why there is none, into `found`."""
    try:
        with _opener().open(request, timeout=SECONDS) as answer:
            data = answer.read(_LARGEST_ANSWER + 1)
        endless = SurroundingsError(f"{_host(request.full_url)} answered with endless data.")
        found.append(endless if len(data) > _LARGEST_ANSWER else data)
    except urllib.error.HTTPError as error:
        error.close()
        said = f"{_host(request.full_url)} answered with the error {error.code}."
        found.append(SurroundingsError(said))
    except Exception as error:  # noqa: BLE001 - whatever the answer made the client stumble over
        found.append(error)


def _opener() -> urllib.request.OpenerDirector:
    """Return a client that knows http and https, and no other way to open an address."""
    opener = urllib.request.OpenerDirector()
    opener.addheaders = [("User-Agent", "clinic-compliance")]
    for handler in (
        urllib.request.ProxyHandler(),
        urllib.request.HTTPHandler(),
        urllib.request.HTTPSHandler(context=ssl.create_default_context()),
        urllib.request.HTTPDefaultErrorHandler(),
        urllib.request.HTTPRedirectHandler(),
        urllib.request.HTTPErrorProcessor(),
        urllib.request.UnknownHandler(),
    ):
        opener.add_handler(handler)
    return opener


def _host(url: str) -> str:
    """Return the server's name, as a sentence begins with it."""
    return f"“{urllib.parse.urlsplit(url).netloc.rpartition('@')[2]}”"


def _reason(error: Exception) -> str:
    inner = getattr(error, "reason", error)
    words = getattr(inner, "strerror", None) or str(inner) or type(inner).__name__
    line = " ".join(str(words).split())
    return line[:1].lower() + line[1:120] if line.isprintable() else "the answer is damaged"
