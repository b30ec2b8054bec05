"""What the update form says of itself; bokmål in every language, as its columns are."""

from strategy.workbook import form

EXAMPLE = "Eksempeldata – oppdiktet"

EMPTY = {
    form.REPORT: "Ingen tiltak har denne ansvarlige.",
    form.MILESTONE: "Det er ingen milepæler å melde på.",
    form.VALUE: "Det er ingen indikatorer å måle.",
}

GUIDE = (
    (
        "Fyll ut",
        (
            "Åpne arket «Tiltak». Det grå er låst og viser hva som er vedtatt og sist meldt. "
            "Skriv i de hvite cellene.",
            "De hvite cellene viser det som gjelder nå. Skriv over det som er endret, og la resten stå. "
            "Er alt som før, så skriv det i «Dette er gjort».",
            "Velg fase og vurdering fra lista. Ved avvik må «Årsak» og «Slik rettes det opp» være fylt ut. "
            "Når et tiltak utgår, må «Årsak» være fylt ut.",
            "På arket «Milepæler»: skriv datoen i «Nådd» når en milepæl er nådd, og hva som viser det.",
            "På arket «Målinger»: skriv tallet for perioden. De tomme radene nederst er for andre perioder.",
        ),
    ),
    (
        "Send tilbake",
        (
            "Lagre som Excel-arbeidsbok (.xlsx) og send fila til sekretariatet. Excel, LibreOffice "
            "og Excel på telefon kan alle brukes.",
            "Sekretariatet ser hver endring før noe lagres. Har andre endret det samme i mellomtiden, "
            "vises begge.",
        ),
    ),
    (
        "La stå",
        (
            "Ikke endre nøkler, overskrifter eller navn på ark, og ikke slå sammen celler. "
            "Rader du ikke skal fylle ut, kan du la stå eller slette.",
            "Skriv tekst og tall, ikke formler.",
        ),
    ),
)

OTHER_PERIOD = {
    "input_title": "Annen periode",
    "input_message": "Skriv nøkkelen til indikatoren: den står først på radene over, foran @.",
}
PERIOD = {"input_title": "Periode", "input_message": "2026, 2026-H1, 2026-Q3, 2026-06 eller en dato."}

CHOOSE = "Velg et av ordene i lista."
DAY = "Skriv en dato som dag.måned.år, for eksempel 23.11.2026."
PERCENT = "Skriv et helt tall fra 0 til 100."
