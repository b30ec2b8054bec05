"""The figures and tables of Oversikt the usual way: rows read on every run, pandas, plotly.express.

An honest program on the same database, not a bad one: the engine is kept, each table is read once, and there
is one figure for each goal, as on the real page. It leaves out what few do before a page is slow: caches.
"""

import os
from datetime import timedelta

import pandas as pd
import plotly.express as px
import streamlit as st
from sqlalchemy import Engine
from sqlmodel import Session, SQLModel, create_engine, select

from strategy.tables import Change, Goal, Measure, Milestone, Person, Responsibility, StatusReport, Strategy

WORDS = {
    "on_track": "I rute",
    "some_deviation": "Noe avvik",
    "major_deviation": "Vesentlig avvik",
    "not_assessed": "Ikke vurdert",
}
STALE_DAYS = 120


@st.cache_resource
def engine() -> Engine:
    return create_engine(os.environ["STRATEGY_DATABASE_URL"], connect_args={"check_same_thread": False})


def rows(session: Session, table: type[SQLModel]) -> pd.DataFrame:
    """Every version of every thing, as a table of its own."""
    return pd.DataFrame([row.model_dump() for row in session.exec(select(table)).all()])


def newest(versions: pd.DataFrame) -> pd.DataFrame:
    """The highest version of each key, without the retired."""
    last = versions.sort_values("version").groupby("key").tail(1)
    return last[~last["retired"]]


with Session(engine()) as session:
    strategy = newest(rows(session, Strategy)).iloc[-1]
    goals = newest(rows(session, Goal)).sort_values("order")
    measures = newest(rows(session, Measure))
    milestones = newest(rows(session, Milestone))
    people = newest(rows(session, Person))
    responsible = newest(rows(session, Responsibility))
    said = rows(session, StatusReport)
    changes = rows(session, Change)

today = pd.to_datetime(changes["recorded_at"]).max().date()
said = said.merge(changes[["id", "recorded_at", "actor"]], left_on="change_id", right_on="id")
said["day"] = pd.to_datetime(said["recorded_at"]).dt.date
reports = newest(said)

owners = responsible[responsible["part"] == "responsible"].merge(
    people[["key", "title"]], left_on="person", right_on="key", suffixes=("", "_person")
)
owners = owners.groupby("measure")["title"].agg(", ".join).rename("owner").reset_index()
done = milestones.assign(reached=milestones["done_on"].notna())
done = done.groupby("measure")["reached"].mean().mul(100).rename("by_milestones").reset_index()

table = measures.assign(goal=measures["key"].str.split(".").str[0])
table = table.merge(
    reports.drop(columns=["strategy", "version", "retired"]), on="key", how="left", suffixes=("", "_r")
)
table = table.merge(owners, left_on="key", right_on="measure", how="left")
table = table.merge(done, left_on="key", right_on="measure", how="left", suffixes=("", "_d"))
table["assessment"] = table["assessment"].fillna("not_assessed").astype(str)
table["stale"] = table["day"].isna() | (
    pd.to_datetime(table["day"]) < pd.Timestamp(today - timedelta(days=STALE_DAYS))
)
table["progress"] = table["by_milestones"].fillna(pd.to_numeric(table["estimate"]))
table.loc[table["phase"] == "completed", "progress"] = 100
table["overdue"] = pd.to_datetime(table["due"]) < pd.Timestamp(today)
elapsed = 100 * (today - strategy["start"]).days / (strategy["end"] - strategy["start"]).days

st.set_page_config(page_title="Oversikt", layout="wide")
st.title(strategy["title"])
st.caption(f"{strategy['vision']} · per {today:%d.%m.%Y}")

for column, (value, word) in zip(st.columns(5), [*WORDS.items(), ("overdue", "Over frist")], strict=True):
    count = table["overdue"].sum() if value == "overdue" else (table["assessment"] == value).sum()
    column.metric(word, int(count))

for column, (_index, goal) in zip(st.columns(len(goals)), goals.iterrows(), strict=True):
    mine = table[table["goal"] == goal["key"]]
    with column:
        st.subheader(f"Hovedmål {goal['key']} · {goal['name']}")
        figure = px.bar(
            x=[mine["progress"].mean()], y=["Framdrift"], orientation="h", range_x=[0, 100], height=160
        )
        figure.add_vline(x=elapsed, line_dash="dash")
        st.plotly_chart(figure, key=f"goal-{goal['key']}")
        st.caption(goal["text"])

left, right = st.columns([3, 2])
with left:
    st.header("Krever oppmerksomhet")
    deviates = table["assessment"].isin(["some_deviation", "major_deviation"])
    urgent = table[deviates | table["stale"] | table["overdue"]]
    st.dataframe(
        urgent[["key", "name", "owner", "phase", "assessment", "progress", "due", "cause", "remedy"]]
    )
with right:
    since = today - timedelta(days=60)
    st.header(f"Endret siden {since:%d.%m.%Y}")
    recent = said[said["day"] > since].sort_values("day", ascending=False)
    st.dataframe(recent[["day", "key", "assessment", "done", "next_step", "actor"]])
