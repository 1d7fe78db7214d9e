"""Codes for sessions, birds for teams, mammals for players: nothing that can be misread, and no first names."""

from __future__ import annotations

import secrets
import unicodedata
from collections.abc import Collection, Sequence
from typing import Final

from server.authority.limits import NAME_CHARS

CODE_SIGNS: Final = "ABCDEFGHJKLMNPQRTUVWXYZ2346789"
"""Letters and digits without look-alikes: no I, O, S, 0, 1, 5."""
CODE_LENGTH: Final = 6

BIRDS: Final = (
    *("Avocet", "Bittern", "Bunting", "Buzzard", "Condor", "Cormorant", "Crane", "Curlew", "Dipper", "Dunlin"),
    *("Egret", "Eider", "Falcon", "Fulmar", "Gannet", "Godwit", "Goshawk", "Grebe", "Harrier", "Heron"),
    *("Hoopoe", "Ibis", "Kestrel", "Kingfisher", "Lapwing", "Linnet", "Magpie", "Merlin", "Nuthatch", "Oriole"),
    *("Osprey", "Pelican", "Petrel", "Pintail", "Plover", "Ptarmigan", "Puffin", "Sandpiper", "Shearwater"),
    *("Siskin", "Skylark", "Sparrow", "Starling", "Stork", "Tern", "Toucan", "Turnstone", "Wagtail", "Waxwing"),
)
MAMMALS: Final = (
    *("Alpaca", "Antelope", "Badger", "Beaver", "Bison", "Bobcat", "Caribou", "Chamois", "Cheetah", "Chipmunk"),
    *("Dolphin", "Dormouse", "Ermine", "Fox", "Gazelle", "Gibbon", "Hare", "Hedgehog", "Ibex", "Impala"),
    *("Jackal", "Jaguar", "Koala", "Lemur", "Leopard", "Llama", "Lynx", "Manatee", "Marmot", "Marten"),
    *("Meerkat", "Mongoose", "Moose", "Narwhal", "Ocelot", "Okapi", "Orca", "Otter", "Panda", "Porpoise"),
    *("Puma", "Raccoon", "Reindeer", "Seal", "Serval", "Squirrel", "Tapir", "Wallaby", "Wolf", "Wombat"),
    *("Elk", "Ferret", "Genet", "Lemming", "Mole", "Polecat", "Shrew", "Stoat", "Vole", "Weasel", "Yak"),
)
"""The join page throws its dice over a part of these (web/page/words.js)."""


def new_code(taken: Collection[str]) -> str:
    """A session code nobody has."""
    while (code := "".join(secrets.choice(CODE_SIGNS) for _ in range(CODE_LENGTH))) in taken:
        pass
    return code


def new_name(names: Sequence[str], taken: Collection[str]) -> str:
    """One of `names` that nobody in `taken` has, capitals or not."""
    lower = {name.lower() for name in taken}
    return secrets.choice([name for name in names if name.lower() not in lower])


def clean_name(name: str) -> str | None:
    """A player's own name, tidied: one line, single spaces, composed signs. None if it cannot be shown."""
    tidy = " ".join(unicodedata.normalize("NFC", name).split())
    return tidy if 0 < len(tidy) <= NAME_CHARS and tidy.isprintable() else None
