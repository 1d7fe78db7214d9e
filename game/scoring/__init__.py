"""The score, from the log alone: `score(entries, pack, level, weights)` with weights from `levels/score.toml`."""

from __future__ import annotations

from game.scoring.live import Live, LiveFigures
from game.scoring.result import Score
from game.scoring.tally import score
from game.scoring.weights import Weights, load_weights

__all__ = ["Live", "LiveFigures", "Score", "Weights", "load_weights", "score"]
