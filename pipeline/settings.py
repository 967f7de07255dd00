"""Environment variables TRIALTRACE_... in, the settings that hold where a command's option is not given out."""

import os
from pathlib import Path

from pydantic import Field, SecretStr
from pydantic_settings import BaseSettings, SettingsConfigDict

STORE = "trialtrace.db"
"""Name of the store in the folder of a dataset."""

EUROPE_PMC = "https://www.ebi.ac.uk/europepmc/webservices/rest"
"""The public service; asked only by `fetch` and by a schedule with a query."""


def _usable_cores() -> int:
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


class Settings(BaseSettings):
    """What a user may set once for all commands; an option on the command line wins."""

    model_config = SettingsConfigDict(env_prefix="TRIALTRACE_", frozen=True)

    corpus: Path = Field(default=Path("corpus"), description="read where `run` is given no input")
    out: Path = Field(default=Path("outputs"), description="folder of the dataset")
    db: str | None = Field(default=None, description="the store: a file, or postgresql://...; else one in that folder")
    inbox: Path = Field(default=Path("inbox"), description="folder that new publications are fetched into")
    query: str | None = Field(default=None, description="what to fetch from Europe PMC; without one nothing is fetched")
    europe_pmc: str = Field(default=EUROPE_PMC, description="address of the Europe PMC service, or of a mirror")
    notify: str | None = Field(default=None, description="command or web address that is told what a nightly run did")
    review_url: str = Field(default="http://127.0.0.1:8700", description="where the review page is, for links to it")
    lexicon: Path | None = Field(default=None, description="folder of a user's own vocabulary")
    workers: int = Field(default_factory=lambda: min(_usable_cores(), 4), ge=1, description="processes that extract")
    dask: str | None = Field(default=None, description="address of a Dask scheduler whose workers extract")
    seconds_per_document: float = Field(default=300.0, gt=0, description="longest that reading one document may take")
    megabytes_per_document: int = Field(default=2000, gt=0, description="most memory that reading one may take")
    cache: Path = Field(
        default_factory=lambda: Path(os.environ.get("XDG_CACHE_HOME") or "~/.cache").expanduser() / "trialtrace",
        description="what may be deleted at any time: the empty database a temporary Prefect server starts from",
    )
    prefect_seconds: float = Field(default=120.0, gt=0, description="how long Prefect's server may take to start")
    review_users: Path | None = Field(default=None, description="file of those who may sign in to the review page")
    review_token: SecretStr | None = Field(default=None, description="one token that all reviewers share")
    evaluation_data: Path | None = Field(default=None, description="folder with `gold/` and its scoring scripts")

    @property
    def database(self) -> str | Path:
        """The store of the dataset: the one that is set, else a file in its folder."""
        return self.db if self.db is not None else self.out / STORE

    def folder_of(self, database: str | Path) -> Path:
        """Where files that belong to a store go: the folder it lies in, that of the dataset for one on a server."""
        return self.out if "://" in str(database) else Path(database).parent

    @property
    def vocabulary(self) -> Path | None:
        """The user's vocabulary folder: the one that is set, else `lexicon/` in the corpus folder if there is one."""
        if self.lexicon is not None:
            return self.lexicon
        beside = self.corpus / "lexicon"
        return beside if beside.is_dir() else None
