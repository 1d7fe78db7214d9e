"""The one reader of levels and packs: TOML text in, checked frozen records out, or an error that says where and why."""

from game.content.case import case_of, level_file, played_by
from game.content.level import (
    FORMS,
    Action,
    Expert,
    Finding,
    Inject,
    Level,
    Loop,
    Mistake,
    Question,
    Start,
    load_level,
)
from game.content.pack import Cardioversion, Care, Drug, Infusible, Pacing, Pack, Rosc, load_pack
from game.content.table import ContentError, Table, line_of, read_toml

__all__ = [
    "FORMS",
    "Action",
    "Cardioversion",
    "Care",
    "ContentError",
    "Drug",
    "Expert",
    "Finding",
    "Infusible",
    "Inject",
    "Level",
    "Loop",
    "Mistake",
    "Pacing",
    "Pack",
    "Question",
    "Rosc",
    "Start",
    "Table",
    "case_of",
    "level_file",
    "line_of",
    "load_level",
    "load_pack",
    "played_by",
    "read_toml",
]
