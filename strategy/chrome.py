"""The words, colours and keys of Streamlit that have no setting, changed in its scripts as they are served.

Streamlit has one language (https://github.com/streamlit/streamlit/issues/1353), paints white on the accent in
dark mode, draws the edge of an input as faint as a card's, and reruns on a bare «r». Each entry is an exact
literal of the pinned version: `tests/test_chrome.py` fails on the one that an upgrade moved.
"""

WORDS = {
    "`Choose an option`": "`Velg`",
    "`Choose options`": "`Velg en eller flere`",
    "`Choose or add an option`": "`Velg eller legg til`",
    "`Choose or add options`": "`Velg eller legg til`",
    "`No options to select`": "`Ingenting å velge`",
    "[`No options to select.`]": "[`Ingenting å velge.`]",
    "`No results`": "`Ingen treff`",
    "`Select all`": "`Velg alle`",
    '"aria-label":`Clear all`': '"aria-label":`Tøm`',
    "`Clear value`": "`Tøm feltet`",
    "`All selected options have been cleared.`": "`Alle valg er fjernet.`",
    "children:`(required)`": "children:`(må fylles ut)`",
    "`This field is required.`": "`Feltet må fylles ut.`",
    "`submit form`:`apply`": "`lagre`:`bruke`",
    "`Press Enter to ${e}`": "`Trykk Enter for å ${e}`",
    "`Press ${r()?`⌘`:`Ctrl`}+Enter to ${e}`": "`Trykk ${r()?`⌘`:`Ctrl`}+Enter for å ${e}`",
    '"aria-label":`Increment`': '"aria-label":`Øk`',
    '"aria-label":`Decrement`': '"aria-label":`Reduser`',
    "`Show password`": "`Vis passord`",
    "`Hide password`": "`Skjul passord`",
    # The day, month and year of a date are named, counted and empty in Norwegian.
    "`stDateInputFieldsScroller`,children:r(p,{locale:`en-US`": (
        "`stDateInputFieldsScroller`,children:r(p,{locale:`nb-NO`"
    ),
    "`Choose date`": "`Velg dato`",
    '"aria-label":`Clear date`': '"aria-label":`Tøm datoen`',
    '"aria-label":`Previous month`': '"aria-label":`Forrige måned`',
    '"aria-label":`Next month`': '"aria-label":`Neste måned`',
    "`Use arrow keys to navigate dates. Enter to select. Escape to close.`": (
        "`Gå mellom dagene med piltastene. Velg med Enter. Lukk med Escape.`"
    ),
    "`**Error**: Date set outside allowed range. Please select a date on or before ${r}.`": (
        "`Dagen er utenfor perioden. Velg en dag til og med ${r}.`"
    ),
    "`**Error**: Date set outside allowed range. Please select a date on or after ${n}.`": (
        "`Dagen er utenfor perioden. Velg en dag fra og med ${n}.`"
    ),
    "`**Error**: Date set outside allowed range. Please select a date between ${n} and ${r}.`": (
        "`Dagen er utenfor perioden. Velg en dag fra ${n} til ${r}.`"
    ),
    "`Upload`": "`Last opp`",
    '"aria-label":`file upload`': '"aria-label":`Velg fil`',
    "`Copied`:`Copy to clipboard`": "`Kopiert`:`Kopier`",
    " per file`": " per fil`",
    "`Drag and drop a file here`": "`Slipp fila her`",
    "`Drag and drop files here`": "`Slipp filene her`",
    "`File must be ${$(n,`b`)} or smaller.`": "`Fila kan være på høyst ${$(n,`b`)}.`",
    "`${t.type} files are not allowed.`": "`Filer av typen ${t.type} kan ikke brukes.`",
    "`Only one file is allowed.`": "`Velg bare én fil.`",
    "`Unexpected error. Please try again.`": "`Noe gikk galt. Prøv igjen.`",
    '"aria-label":`Pagination`': '"aria-label":`Sider i lista`',
    '"aria-label":`Selected values`': '"aria-label":`Valgt`',
    '"aria-label":`Open`': '"aria-label":`Åpne`',
    '"aria-label":`Clear entry`': '"aria-label":`Tøm feltet`',
    '"aria-label":`Previous page`': '"aria-label":`Forrige side`',
    '"aria-label":`Next page`': '"aria-label":`Neste side`',
    '"aria-label":`Page ${e.page}`': '"aria-label":`Side ${e.page}`',
    "label:`Search`": "label:`Søk`",
    "`Type to search`": "`Skriv for å søke`",
    "`Download as CSV`": "`Last ned som CSV`",
    "`Show/hide columns`": "`Vis eller skjul kolonner`",
    "`Fullscreen`": "`Fullskjerm`",
    "`Close fullscreen`": "`Lukk fullskjerm`",
    "`Clear selection`": "`Fjern utvalget`",
    "`Sort ascending`": "`Sorter stigende`",
    "`Sort descending`": "`Sorter synkende`",
    "`Autosize`": "`Tilpass bredden`",
    "`Pin column`": "`Fest kolonnen`",
    "`Hide column`": "`Skjul kolonnen`",
    '"aria-label":`Copy column name`': '"aria-label":`Kopier kolonnenavnet`',
    "e.children:u(`Help`)": "e.children:u(`Hjelp`)",
    "u(t):u(`Help`)": "u(t):u(`Hjelp`)",
    "?`Help`:`Help for ${": "?`Hjelp`:`Hjelp til ${",
    "ariaLabel:c=`Help`": "ariaLabel:c=`Hjelp`",
    '"aria-label":`Close`': '"aria-label":`Lukk`',
    '"aria-label":`Notifications`': '"aria-label":`Meldinger`',
    '"aria-label":`Link to heading`': '"aria-label":`Lenke til overskriften`',
    '"aria-label":`Close Search`': '"aria-label":`Lukk søket`',
    '"aria-label":`Next Result`': '"aria-label":`Neste treff`',
    '"aria-label":`Previous Result`': '"aria-label":`Forrige treff`',
    '"aria-label":`Dataframe column menu`': '"aria-label":`Meny for kolonnen`',
    "label:`Add row`": "label:`Ny rad`",
    ":`Download failed`": ":`Nedlastingen mislyktes`",
    "message:`Too many files`": "message:`For mange filer`",
    '"aria-label":`App pages`': '"aria-label":`Sider`',
    '"aria-label":`Sidebar`': '"aria-label":`Meny`',
    '"aria-label":`Expand sidebar`': '"aria-label":`Vis menyen`',
    '"aria-label":`Collapse sidebar`': '"aria-label":`Lukk menyen`',
    '"aria-label":`Main menu`': '"aria-label":`Meny`',
    "label:`Print`": "label:`Skriv ut`",
    "`Record screen`": "`Skjermopptak`",
    "label:`Rerun`": "label:`Last på nytt`",
    "label:`System`": "label:`Som maskinen`",
    "label:`Light`": "label:`Lys`",
    "label:`Dark`": "label:`Mørk`",
    "`Skip to main content`": "`Hopp til innholdet`",
    "children:`(opens in new tab)`": "children:`(åpnes i ny fane)`",
    "`View less`": "`Vis færre`",
    "`View ${x-m} more`": "`Vis ${x-m} til`",
    "`Stopping...`:`Stop`": "`Stopper …`:`Stopp`",
    '"aria-label":`Running...`': '"aria-label":`Arbeider …`',
    "`Please wait...`": "`Vent litt …`",
    "_O=`Connecting`": "_O=`Kobler til`",
    "`Connecting to Streamlit server`": "`Kobler til tjeneren`",
    "`Unable to connect to Streamlit server`": "`Får ikke kontakt med tjeneren`",
    "`Connection error`": "`Mistet kontakten`",
    "`Is Streamlit still running? If you accidentally stopped Streamlit, just restart it in your "
    "terminal:`": ("`Løsningen er stoppet. Start den igjen på maskinen den kjører på:`"),
    "codeBlock:`streamlit run yourscript.py`": "codeBlock:`make run`",
    "`Streamlit server is not responding. Are you connected to the internet?`": (
        "`Tjeneren svarer ikke. Er du på nett? Det du har skrevet, står her fortsatt.`"
    ),
    "`Connection lost. Please wait for the app to reconnect, then try again.`": (
        "`Mistet kontakten. Vent til den er tilbake, og prøv igjen.`"
    ),
    "`Page not found`": "`Fant ikke siden`",
    "`You have requested page /${e}, but no corresponding file was found in the app's pages/ directory`": (
        "`Siden /${e} finnes ikke`"
    ),
    "`The page that you have requested does not seem to exist`": "`Siden finnes ikke`",
    " Running the app's main page.`": " Her er forsiden.`",
}

LOOKS = {
    "backgroundColor:e.colors.primary,color:e.colors.white": (
        "backgroundColor:e.colors.primary,color:e.colors.bgColor"
    ),
    "color:e.colors.white,backgroundColor:e.colors.primary": (
        "color:e.colors.bgColor,backgroundColor:e.colors.primary"
    ),
    "color:t?e.colors.fadedText40:e.colors.white,cursor:`default`": (
        "color:t?e.colors.fadedText40:e.colors.bgColor,cursor:`default`"
    ),
    "stroke:n?e(t)?t.colors.bgColor:t.colors.bodyText:t.colors.white": (
        "stroke:n?e(t)?t.colors.bgColor:t.colors.bodyText:t.colors.bgColor"
    ),
    "M.colors.widgetBorderColor=M.colors.borderColor": "M.colors.widgetBorderColor=M.colors.fadedText60",
    "{borderColor:e.colors.borderColor,backgroundColor:e.colors.lightenedBg05}": (
        "{borderColor:e.colors.fadedText60,backgroundColor:e.colors.lightenedBg05}"
    ),
    "solid ${e.colors.borderColor}`,i=e.colors.bgColor": "solid ${e.colors.fadedText60}`,i=e.colors.bgColor",
    # The finding stands close under whose plan it is.
    "h1FontWeight,padding:r?0:`${e.spacing.xl} 0 ${e.spacing.lg} 0`": (
        "h1FontWeight,padding:`0 0 ${e.spacing.xs} 0`"
    ),
    # A mark breaks its line and a wide table scrolls by itself, so that nothing is cut or pushes the page.
    "margin:`0 ${e.spacing.px}`,whiteSpace:`nowrap`,overflow:`hidden`,textOverflow:`ellipsis`": (
        "margin:`0 ${e.spacing.px}`"
    ),
    "table:{display:`table`,borderCollapse:`collapse`,marginBottom:e.spacing.lg}": (
        '"&:has(> table)":{overflowX:`auto`},table:{borderCollapse:`collapse`,marginBottom:e.spacing.lg}'
    ),
    '"th, td":{padding:`${e.spacing.xs} ${e.spacing.md}`': (
        '"th, td":{overflowWrap:`anywhere`,minWidth:`5em`,padding:`${e.spacing.xs} ${e.spacing.md}`'
    ),
    # The words beside a button's keys, which were too faint to read.
    "fontSize:e.fontSizes.sm,opacity:e.opacities.secondary,fontFamily:`inherit`": (
        "fontSize:e.fontSizes.sm,fontFamily:`inherit`"
    ),
    # A page link: aligned with the text above it, as long as its words, and never looking pressed.
    "paddingLeft:n.spacing.sm,paddingRight:n.spacing.sm,marginTop:n.spacing.threeXS": (
        "minHeight:`24px`,paddingLeft:n.spacing.none,paddingRight:n.spacing.none,marginTop:n.spacing.threeXS"
    ),
    "lineHeight:n.lineHeights.menuItem,backgroundColor:t?n.colors.darkenedBgMix15:`transparent`": (
        "lineHeight:n.lineHeights.base,backgroundColor:`transparent`"
    ),
    "backgroundColor:t?n.colors.darkenedBgMix25:n.colors.darkenedBgMix15},"
    '"&:active,&:visited,&:hover":{textDecoration:`none`}': (
        'textDecoration:`underline`},"&:active,&:visited":{textDecoration:`none`}'
    ),
    '"&:focus-visible":{backgroundColor:n.colors.darkenedBgMix15},"@media print"': (
        '"&:focus-visible":{outline:`2px solid ${n.colors.primary}`},"@media print"'
    ),
    "color:t.colors.bodyText,overflow:`hidden`,whiteSpace:`nowrap`,"
    "textOverflow:`ellipsis`,display:`table-cell`": "color:t.colors.link,overflowWrap:`anywhere`",
    "isLabel:!0,boldLabel:x,disableLinks:!0": "isLabel:!0,inheritFont:!0,disableLinks:!0",
    # A quiet button that is open is as easy to read as one that is pointed at.
    "\"&:active, &[aria-expanded='true']\":{color:o(e.colors.primary,.25)}": (
        "\"&:active, &[aria-expanded='true']\":{color:e.colors.primary}"
    ),
    # What is pressed is 24 pixels wide and high: parts and buttons of a date, what empties a field, links in a list.
    "paddingLeft:e.spacing.threeXS,paddingRight:e.spacing.threeXS,borderRadius:e.radii.sm,color:e.colors.bodyText": (
        "minWidth:`24px`,lineHeight:`24px`,textAlign:`center`,borderRadius:e.radii.sm,color:e.colors.bodyText"
    ),
    '":has(> .stPageLink)":{"@media screen":{marginTop:`-${e.spacing.xs}`,marginBottom:`-${e.spacing.xs}`}}': (
        '":has(> .stPageLink)":{"@media screen":{marginTop:`-${e.spacing.twoXS}`,marginBottom:`-${e.spacing.twoXS}`}}'
    ),
    "cursor:`pointer`,padding:`0 ${e.spacing.twoXS}`,marginRight:e.spacing.sm,flexShrink:0": (
        "cursor:`pointer`,padding:0,minWidth:`24px`,minHeight:`24px`,marginRight:e.spacing.xs,flexShrink:0"
    ),
    "padding:e.spacing.threeXS,width:e.sizes.clearIconSize,border:`none`": (
        "padding:e.spacing.threeXS,width:`24px`,border:`none`"
    ),
}

PARTS = {
    # The phone's menu is lists of links, each under the name of its part, and nothing but links in a list.
    "RC=f(`ul`,": "RC=f(`div`,",
    "E.push(...e.map(T)),k+=": "E.push(c(`ul`,{style:{listStyle:`none`,margin:0,padding:0},children:e.map(T)},`-`)),k+=",
    "c(WC,{isExpanded:n,children:c(B,{iconValue:`:material/expand_more:`,size:`lg`})})]}),n&&t]})": (
        "c(WC,{isExpanded:n,children:c(B,{iconValue:`:material/expand_more:`,size:`lg`})})]}),"
        'n&&c(`ul`,{"aria-label":e||void 0,style:{listStyle:`none`,margin:0,padding:0},children:t})]})'
    ),
    # A picture beside words has no name of its own: Streamlit's is that of a file, in English.
    "role:`img`,ariaLabel:n+` icon`": "ariaHidden:`true`",
}

KEYS = {
    "case`r`:this.rerunScript()": "case`r`:",
    # A drawing has no more to show in full screen: without the button it is no stop for Tab.
    "onCollapse:d,disableFullscreenMode:a,labelContext:j": (
        "onCollapse:d,disableFullscreenMode:!0,labelContext:j"
    ),
    # With Ctrl, Enter is the form's: it presses nothing that happens to be in focus, and reaches the button.
    "return(n===`Enter`||n===` `||n===`Spacebar`||r===`Space`)&&!(i instanceof": (
        "return!e.ctrlKey&&(n===`Enter`||n===` `||n===`Spacebar`||r===`Space`)&&!(i instanceof"
    ),
}

CELLS = {
    # What is pasted in a cell with a list, and is not in it, is handed over too: we ask what it means.
    "t===!0&&!o.data.allowedValues.some(": "t===!1&&!o.data.allowedValues.some(",
    "r===!0&&o.length>0&&n.accept_new_options===!1": "r===!1&&o.length>0&&n.accept_new_options===!1",
    # A box that is ticked takes our own words for it.
    "new Set([`true`,`t`,`yes`,`y`,`on`,`1`])": "new Set([`true`,`t`,`yes`,`y`,`on`,`1`,`ja`,`j`,`x`])",
    "new Set([`false`,`f`,`no`,`n`,`off`,`0`])": "new Set([`false`,`f`,`no`,`n`,`off`,`0`,`nei`])",
}

WAITS = {
    # What was waited for stands there as soon as it can: React holds it back for up to half a second.
    "t=nl+500-S(),10<t": "t=nl-S(),10<t",
}

OWN_SCRIPTS = 600_000
"""Bytes; what is larger is a library Streamlit carries (plotly, vega), and is left alone."""


def changed(script: bytes) -> bytes:
    """Return one of Streamlit's scripts with every literal that occurs in it replaced."""
    if len(script) > OWN_SCRIPTS:
        return script
    for was, now in _CHANGES:
        script = script.replace(was, now)
    return script


_CHANGES = [
    (was.encode(), now.encode()) for was, now in {**WORDS, **LOOKS, **PARTS, **KEYS, **CELLS, **WAITS}.items()
]
