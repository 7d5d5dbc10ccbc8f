"""Settings from the environment, and where the project's data files lie."""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path

from kg.errors import UsageError

_PACKAGE = Path(__file__).resolve().parent


def data_dir(name: str) -> Path:
    """The folder of data files called ``name`` (``ontology``, ``queries``, ``seeds``), in a checkout or a wheel."""
    packaged = _PACKAGE / "_data" / name
    return packaged if packaged.is_dir() else _PACKAGE.parent / name


def _switch(name: str, *, default: bool) -> bool:
    """A variable that is ``on`` or ``off``; raises UsageError for anything else."""
    text = os.environ.get(name, "").strip().lower()
    if text not in ("", "on", "off"):
        raise UsageError(f"{name} is on or off, not {text!r}")
    return text == "on" if text else default


@dataclass(frozen=True, slots=True)
class Settings:
    """What can be set from outside; every field names its environment variable in docs/configuration.md."""

    base: str = "http://localhost:8000/"
    store: Path = Path("kg.store")
    token: str = ""
    model: str = ""
    extractor: str = "rules"
    llm_url: str = ""
    llm_model: str = ""
    llm_key: str = ""
    llm_timeout: float = 60.0
    infer: bool = True

    @classmethod
    def from_environment(cls) -> Settings:
        """Reads the variables of docs/configuration.md; unset ones keep their defaults."""
        defaults = cls()
        base = os.environ.get("KG_BASE", defaults.base)
        return cls(
            base=base if base.endswith("/") else base + "/",
            store=Path(os.environ.get("KG_STORE") or defaults.store),
            token=os.environ.get("KG_TOKEN", ""),
            model=os.environ.get("KG_SPACY_MODEL", ""),
            extractor=os.environ.get("KG_EXTRACTOR") or defaults.extractor,
            llm_url=os.environ.get("KG_LLM_URL", ""),
            llm_model=os.environ.get("KG_LLM_MODEL", ""),
            llm_key=os.environ.get("KG_LLM_KEY", ""),
            llm_timeout=float(os.environ.get("KG_LLM_TIMEOUT") or defaults.llm_timeout),
            infer=_switch("KG_INFER", default=defaults.infer),
        )
