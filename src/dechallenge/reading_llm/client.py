"""One request to an OpenAI-compatible address, and its answer within limits of time and size.

Standard library only. No proxy and no redirect is followed, so that the report goes to the address given and nowhere
else; the key goes only over TLS or to this machine. Imports the errors.
"""

from __future__ import annotations

import http.client
import ipaddress
import json
import os
import time
import urllib.error
import urllib.request
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

from dechallenge.errors import DechallengeError

URL, MODEL, KEY, TIMEOUT = (f"DECHALLENGE_LLM_{name}" for name in ("URL", "MODEL", "KEY", "TIMEOUT"))
SEED = 1
MAX_ANSWER = 4_000_000
"""Bytes of an answer; more is refused, not truncated."""
MAX_TOKENS = 16_000
SECONDS = 120.0
LONGEST = 3600.0
_CHUNK = 65_536


@dataclass(frozen=True, slots=True)
class Settings:
    """Where the model is: base address (``https://host/v1``), its name, the key (never shown), seconds to wait."""

    url: str
    model: str
    key: str = ""
    seconds: float = SECONDS

    def __repr__(self) -> str:
        return f"Settings(url={self.url!r}, model={self.model!r})"


class NoAnswer(Exception):
    """The model gave no answer that can be used; ``step`` says what to do."""

    def __init__(self, cause: str, step: str) -> None:
        self.cause, self.step = cause, step
        super().__init__(cause)


def settings(options: Mapping[str, str], environment: Mapping[str, str] | None = None) -> Settings:
    """Settings from options (``url``, ``model``, ``timeout``) and, where they are not given, from the environment.

    The key comes from the environment only, for a command line can be seen by others.

    Raises:
        DechallengeError: No address or model, an address that cannot be used, or an unknown option.
    """
    env = os.environ if environment is None else environment
    for name in options:
        if name not in ("url", "model", "timeout"):
            step = f"Options: url, model, timeout. The key is taken from {KEY}."
            raise DechallengeError(f"the reader has no option {name!r}", place="llm", next_step=step)
    url = (options.get("url") or env.get(URL, "")).strip().rstrip("/")
    model = (options.get("model") or env.get(MODEL, "")).strip()
    if not url:
        step = f"Set {URL}, or give --reader-option url=http://127.0.0.1:8000/v1."
        raise DechallengeError("no address of a language model is given", place="llm", next_step=step)
    if not model:
        step = f"Set {MODEL}, or give --reader-option model=NAME."
        raise DechallengeError("no language model is named", place="llm", next_step=step)
    key = env.get(KEY, "").strip()
    _check_address(url, bool(key))
    return Settings(url, model, key, _seconds(options.get("timeout") or env.get(TIMEOUT, "")))


def _check_address(url: str, with_key: bool) -> None:
    try:
        parts = urlsplit(url)
        host, _ = parts.hostname, parts.port
    except ValueError:
        host, parts = None, urlsplit("")
    if parts.scheme not in ("http", "https") or not host or parts.username or parts.query or parts.fragment:
        step = "Write it as https://host/v1, without user, question mark or #."
        raise DechallengeError("the address of the language model cannot be used", place="llm", next_step=step)
    if with_key and parts.scheme == "http" and not _is_here(host):
        step = "Use https, or unset the key."
        raise DechallengeError("a key is not sent over plain http", place="llm", next_step=step)


def _is_here(host: str) -> bool:
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"


def _seconds(text: str) -> float:
    if not text:
        return SECONDS
    try:
        seconds = float(text)
    except ValueError:
        seconds = 0.0
    if not 0 < seconds <= LONGEST:
        step = f"Give seconds above 0, at most {LONGEST:g}."
        raise DechallengeError(f"{text!r} is no time to wait", place="llm", next_step=step)
    return seconds


class _Stay(urllib.request.HTTPRedirectHandler):
    """A redirect would send the report to another address."""

    def redirect_request(self, *args: Any, **kwargs: Any) -> None:
        return None


def ask(where: Settings, messages: list[dict[str, str]], schema: Mapping[str, Any]) -> Any:
    """The answer of the model as plain data.

    Args:
        where: The address.
        messages: Roles and contents.
        schema: JSON Schema that the answer must keep.

    Raises:
        NoAnswer: No connection, an error of the server, too late, too large, or no JSON.
    """
    body = {
        "model": where.model,
        "messages": messages,
        "temperature": 0,
        "seed": SEED,
        "max_tokens": MAX_TOKENS,
        "stream": False,
        "response_format": {
            "type": "json_schema",
            "json_schema": {"name": "facts_of_a_case_report", "strict": True, "schema": schema},
        },
    }
    headers = {"Content-Type": "application/json", "Accept": "application/json"}
    if where.key:
        headers["Authorization"] = f"Bearer {where.key}"
    data = json.dumps(body, ensure_ascii=False).encode("utf-8", "replace")
    request = urllib.request.Request(f"{where.url}/chat/completions", data=data, headers=headers, method="POST")
    return _content(_sent(request, where.seconds))


def _sent(request: urllib.request.Request, seconds: float) -> bytes:
    opener = urllib.request.build_opener(urllib.request.ProxyHandler({}), _Stay())
    end = time.monotonic() + seconds
    late = NoAnswer(f"the language model did not answer within {seconds:g} s", "Try again, or give it more time.")
    try:
        with opener.open(request, timeout=seconds) as answer:
            return _read(answer, end, late)
    except urllib.error.HTTPError as error:
        with error:
            code = error.code
        step = {401: f"Check {KEY}.", 403: f"Check {KEY}.", 404: "Check the address and the name of the model."}
        raise NoAnswer(
            f"the language model's server answered with HTTP {code}", step.get(code, "Look at the log of the server.")
        ) from None
    except TimeoutError:
        raise late from None
    except urllib.error.URLError as error:
        if isinstance(error.reason, TimeoutError):
            raise late from None
        cause = getattr(error.reason, "strerror", None) or type(error.reason).__name__
        raise NoAnswer(f"the language model cannot be reached ({cause})", "Check the address.") from None
    except (OSError, http.client.HTTPException) as error:
        cause = f"the connection to the language model broke ({type(error).__name__})"
        raise NoAnswer(cause, "Try again.") from None


def _read(answer: Any, end: float, late: NoAnswer) -> bytes:
    found = bytearray()
    while piece := answer.read1(_CHUNK):
        found += piece
        if len(found) > MAX_ANSWER:
            step = "Look at what the server sends; it may not be a language model."
            raise NoAnswer(f"the answer of the language model is over {MAX_ANSWER:,} bytes", step)
        if time.monotonic() > end:
            raise late
    return bytes(found)


def _content(data: bytes) -> Any:
    """What the model wrote, out of the envelope of the server."""
    step = "Check that the model can keep to a JSON schema."
    try:
        envelope = json.loads(data.decode("utf-8"))
        choice = envelope["choices"][0]
        content = choice["message"]["content"]
    except (ValueError, RecursionError, LookupError, TypeError):
        raise NoAnswer("the server's answer is not that of a chat completion", step) from None
    if not isinstance(content, str):
        raise NoAnswer("the language model gave no text", step)
    try:
        return json.loads(content, parse_constant=_no_number)
    except (ValueError, RecursionError):
        cut = isinstance(choice, dict) and choice.get("finish_reason") == "length"
        cause = "the answer was cut off" if cut else "what the language model wrote is no JSON"
        raise NoAnswer(cause, step) from None


def _no_number(text: str) -> None:
    raise ValueError(text)
