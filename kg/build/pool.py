"""Reading articles in this process, or in several at once, with no more in flight than the workers can hold."""

from __future__ import annotations

import multiprocessing
import os
import signal
import threading
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from typing import Any, TypeVar

from kg.build.extract import load_tools, read_article
from kg.config import Settings
from kg.errors import InputError, KgError
from kg.model import Article, Reading

T = TypeVar("T")
_AHEAD = 4


def readings(articles: Iterable[Article], settings: Settings, *, workers: int = 1) -> Iterator[Reading | InputError]:
    """The readings of articles in their order; an article that breaks extraction yields an InputError that says so."""
    if workers <= 1:
        for article in articles:
            yield safely(article, settings)
        return
    context = multiprocessing.get_context("spawn")
    with ProcessPoolExecutor(workers, mp_context=context, initializer=_start, initargs=(settings,)) as pool:
        try:
            yield from _in_order(articles, lambda article: pool.submit(safely, article, settings), workers * _AHEAD)
        except BrokenProcessPool as error:
            raise KgError("a reading process died (out of memory?); what was read is kept, so start again") from error
        except GeneratorExit:
            pool.shutdown(wait=False, cancel_futures=True)
            raise


def safely(article: Article, settings: Settings) -> Reading | InputError:
    """One article's reading; whatever goes wrong within is this article's error and nobody else's.

    A fault of the program may lie in any part of extraction, so every exception counts; the message names it.
    """
    try:
        return read_article(article, load_tools(settings))
    except KgError as error:
        return InputError(str(error), source=article.source)
    except Exception as error:
        return InputError(f"could not be read: {type(error).__name__}: {error}", source=article.source)


def _start(settings: Settings) -> None:
    """In a worker: leaves Ctrl-C to the parent, ends with it however it ends, and loads the tools once."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    threading.Thread(target=_end_with_parent, daemon=True).start()
    load_tools(settings)


def _end_with_parent() -> None:
    """A parent that was killed cannot tell its workers, which would wait for work forever."""
    parent = multiprocessing.parent_process()
    if parent is not None:
        parent.join()
        os._exit(1)


def _in_order(
    items: Iterable[Article], submit: Callable[[Article], Future[Any]], limit: int
) -> Iterator[Reading | InputError]:
    waiting: deque[Future[Any]] = deque()
    for item in items:
        waiting.append(submit(item))
        if len(waiting) >= limit:
            yield waiting.popleft().result()
    while waiting:
        yield waiting.popleft().result()
