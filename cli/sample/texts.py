"""What the applicants of the sample's round in progress write, by what their project is about."""

from typing import NamedTuple


class Theme(NamedTuple):
    """The need, what will be done, what will change, and how the group is run."""

    need: str
    plan: str
    change: str
    group: str


THEMES = {
    "youth": Theme(
        "The neighbourhood team had forty-one calls about young people near the precinct between April "
        "and August, most of them between six and nine in the evening. We asked {people} young people at "
        "the bus station what they would come to, and they said something with their hands and somebody "
        "to talk to. The nearest club closed two years ago and no other group in the ward works on those "
        "evenings.",
        "Two sessions a week for twenty-six weeks, with two paid coaches and four volunteers at each. "
        "Beat officers come to the first and the last half hour. Those who keep coming for eight weeks "
        "are offered a first-aid course and a place on the rota that sets the room up.",
        "Fewer calls on the nights that we open, by the neighbourhood team's own figures against the same "
        "months of last year; a register of who comes and for how long; and a short talk with each young "
        "person at the start, half-way and at the end. We will say what did not work as well.",
        "Limited by guarantee, five trustees",
    ),
    "watch": Theme(
        "Thirty-four thefts and nine assaults on staff were reported on the parade in six months, and the "
        "traders say that as many again were not. People tell our volunteers things that they would not "
        "walk into a station to say. The sergeant asked us to put what we hear into an order that can be "
        "used.",
        "A rota of volunteers in pairs, trained for two evenings by the neighbourhood team, with radios "
        "and jackets. They walk, they talk, they write down what they see on one sheet and hand it in the "
        "same night. No one steps in: they call.",
        "Reports handed in, and what came of them; thefts and assaults reported, month by month; and what "
        "{people} people who use the street say when we ask them the same three questions in the first "
        "week and in the last.",
        "Unincorporated, rules signed in 2024",
    ),
    "night": Theme(
        "Of {people} women who answered our card, two in three go another way after dark, and half have "
        "given up something that they used to do. The spots that they name are the same six, and four of "
        "them are on the way from the last bus.",
        "We train volunteers in pairs, walk the six spots with the council's lighting engineer and the "
        "beat officer, and put right what can be put right for little money. Every week there is one "
        "evening for those who want company on the way home.",
        "The same card again after six months; lights mended and hedges cut, with dates; how many came "
        "along and how often. The women who began it decide what is counted.",
        "Unincorporated, rules signed in 2023",
    ),
    "older": Theme(
        "Eleven people over seventy in these streets lost money on the doorstep or by telephone last "
        "year; the largest sum was £9,400. Only four told anybody at the time. They said that they were "
        "ashamed, and that nobody had ever asked.",
        "Talks in the places where people already go, by people of their own age; a visit afterwards for "
        "each household that wants one; and a telephone tree that rings round within the hour when "
        "somebody is knocking at doors.",
        "{people} people reached, visits made, and calls to the tree; what was nearly lost and was not, "
        "in their own words; and how many say at the end that they would tell somebody.",
        "Registered charity, seven trustees",
    ),
    "place": Theme(
        "People stopped using the path three winters ago. Since then there have been two fires, and the "
        "bins are set alight most months. We knocked at every door: {people} people signed for a change "
        "and twenty-six said that they would help to make it.",
        "Four working days with the neighbours, the council's lorry and a contractor for what has to be "
        "done by one. Then a rota of two households a week that looks after what was planted and reports "
        "what is broken.",
        "Photographs from the same six places every month; fires and fly-tipping reported, against last "
        "year; and a count of who walks through between five and seven on the first Tuesday.",
        "Tenants' association, elected yearly",
    ),
    "together": Theme(
        "Windows were broken at three places of worship in one month. Each congregation thought that it "
        "was alone. When we brought them together it came out that the same two cars had been seen at all "
        "three, and that nobody had told the police.",
        "One evening a month at a shared table, a desk where hate crime can be reported with somebody who "
        "speaks your language, and training for twelve volunteers in what is written down and what is "
        "not.",
        "Reports made at the desk and passed on; {people} people at the table over the year; and what "
        "they say about one another and about the police, asked in the first month and in the last.",
        "Registered charity, six trustees",
    ),
}

NEED = "That is what {organisation} hopes to change with “{project}”."
CHANGE = "{organisation} will say at the end what came of “{project}”."
OWN = (
    "{organisation} keeps the register for “{project}” and tells the ward meeting of it twice a year.",
    "The committee of {organisation} meets each month and watches what “{project}” costs.",
    "Two trustees of {organisation} sign for every payment of “{project}”.",
    "Neighbours know {organisation} and bring their questions about “{project}” to it.",
    "A volunteer of {organisation} writes up “{project}” the same evening.",
)
"""How an applicant ends its plan in words of its own."""
