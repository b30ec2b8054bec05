"""Every page of the app by its address, as the tests and `bench.access` walk them."""

MEETING = "mote-2026-3"
PARTS = ("saker", "saker&sak=sak-136", "sist", "motstrid", "sporsmal", "tillit", "vedtak", "protokoll")
ADDRESSES = (
    "/", "/hovedmal-1", "/hovedmal-2", "/hovedmal-3", "/tiltak", "/tiltak?t=1.2.1", "/indikatorer",
    "/indikatorer?i=1.1.1a",
    "/ansvarlige", "/styremoter", "/presentasjon", "/oppdatering", "/tabell", "/excel", "/rapporter",
    "/planen", "/planen?del=tekst", "/endringslogg", "/om",
    "/ansvarlige?p=generalsekretaer", "/overlevering?p=generalsekretaer", "/mangler",
)  # fmt: skip
MORE = (
    "/tiltak?t=1.2.2", "/oppdatering?t=1.2.2", "/oppdatering?t=1.2.2&hva=maling", "/siden-sist", "/arshjul",
    "/innsendt", "/malinger", "/handlingsplan", "/kom-i-gang", "/kom-i-gang?steg=ansvar",
    "/kom-i-gang?steg=styret", "/kom-i-gang?steg=indikatorer", "/kom-i-gang?steg=nytt-ar",
    "/innstillinger",
    "/sok", "/sok?q=okte+midler",
)  # fmt: skip
IN_MEETINGS = (
    *(f"/styremoter?m={MEETING}&fane={part}" for part in PARTS),
    *(f"/presentasjon?m={MEETING}&n={slide}" for slide in (1, 6, 12)),
    *(f"/styremoter?m=mote-2026-2&fane={part}" for part in ("tillit", "protokoll")),
)
