"""A source of dockets' own facts on the loopback web."""

from crawlers.kinds import Dockets


class Register(Dockets):
    name = "register"
    title = "The Archive's dockets"
    url = "/api/rest/v4/"
    demo = True
