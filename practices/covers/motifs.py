"""Which kind of practice is drawn how."""

from collections.abc import Callable
from random import Random

from practices.covers.canvas import Canvas
from practices.covers.instruments import chart, flags, gauge
from practices.covers.palette import Palette
from practices.covers.seascapes import bridge, hills, lighthouse, regatta, sunset

MOTIFS: dict[str, Callable[[Canvas, Palette, Random], None]] = {
    "lesson": regatta,
    "master_class": lighthouse,
    "programme": chart,
    "project": bridge,
    "experience": hills,
    "local_act": flags,
    "assessment": gauge,
    "event_scenario": sunset,
}
