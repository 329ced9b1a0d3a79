"""Claims held against a made-up audit of which every figure is known, and against each other."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import pytest

from audit_lib.claims import check_claims
from audit_lib.claims.passages import passages_of_text
from audit_lib.instruments import load_instrument
from audit_lib.schema import TABLES, VERDICTS
from audit_lib.store import AuditTables

AGENCIES = ["Social Care", "School", "GP", "Police"]
ANSWERS = {  # four cases, four agencies each; sixteen forms asked for and all but two back
    "R1": "yyyy yyyn nnnn n-",  # 7 yes, 6 no, 1 not applicable: 7 of 13, 7 of 14
    "R2": "ynnn ynnn nnnn nn",  # 2 yes of 14; in two of four cases somebody
    "A3": "yyyy yyyy yynp n?",  # 10 yes, 2 no, 1 partly, 1 not known
    "A4": "ynnn ynnn ynnn yn",  # in each of the four cases somebody said yes, in none everybody
    "A6": "yyyy yyyy yyyy nn",
    "C3": "yyyy yyyn nnnn n-",
}


def made_up(
    name: str = "neglect-2018",
    date: str = "2018-05",
    grades: str = "GGRO",
    agreed: str = "GGG-",
    answers: Mapping[str, str] = ANSWERS,
    due: str = "",
    received: Sequence[str] = ("",) * 14,
) -> AuditTables:
    instrument = load_instrument("neglect-2018")
    words = {"y": "yes", "n": "no", "p": "partly", "-": "not_applicable", "?": "not_known"}
    graded = {"G": "good", "R": "requires_improvement", "O": "outstanding", "I": "inadequate", "-": ""}
    places = [(case, agency) for case in "ABCD" for agency in AGENCIES]
    back = [{"return_id": f"{at:016x}", "audit": name, "case": c, "agency": a} for at, (c, a) in enumerate(places[:14])]
    rows: dict[str, list[dict[str, object]]] = {
        "about": [
            {
                "audit": name,
                "title": "Neglect audit",
                "theme": "neglect",
                "date": date,
                "instrument": "neglect-2018",
                "follows": "neglect-2017" if name == "neglect-2018" else "",
                "synthetic": "yes",
            }
        ],
        "requests": [{"case": case, "agency": agency, "due": due} for case, agency in places],
        "returns": [
            row | {"status": "read", "file": f"{row['return_id']}.docx", "kind": "docx", "received": day}
            for row, day in zip(back, received, strict=True)
        ],
        "answers": [
            row | {"question": question, "section": question[0], "answer": words[letter]}
            for question, letters in answers.items()
            for row, letter in zip(back, letters.replace(" ", ""), strict=True)
        ],
        "grades": [
            row | {"section": "overall", "grade": graded[grades["ABCD".index(str(row["case"]))]]} for row in back
        ]
        + [row | {"section": "P", "grade": "inadequate" if at else "good"} for at, row in enumerate(back)],
        "scores": [row | {"score": float(at % 4 + 5)} for at, row in enumerate(back)],
        "cases": [{"case": case, "agreed_grade": graded[letter]} for case, letter in zip("ABCD", agreed, strict=True)],
    }
    return AuditTables(name, {table: schema.frame(rows.get(table, [])) for table, schema in TABLES.items()}, instrument)


NOW, BEFORE = made_up(), made_up("neglect-2017", "2017-03")


def verdicts(text: str, tables: AuditTables | None = NOW, *others: AuditTables) -> list[str]:
    found = check_claims(passages_of_text(text), tables, others)
    assert {one.verdict for one in found} <= set(VERDICTS)
    return [one.verdict for one in found]


@pytest.mark.parametrize(
    ("sentence", "verdict"),
    [
        # shares of returns, by either denominator, as they are rounded
        ("In 54% of returns neglect was noticed as early as it could have been.", "agrees"),  # 7 of 13
        ("In 50% of returns neglect was noticed as early as it could have been.", "agrees"),  # 7 of 14
        ("In 53.8 per cent of forms neglect was recognised at the earliest opportunity.", "agrees"),
        ("In 53.9 per cent of forms neglect was recognised at the earliest opportunity.", "contradicts"),
        ("In 60% of returns neglect was recognised at the earliest opportunity.", "contradicts"),
        ("In about half of the returns neglect was recognised at the earliest opportunity.", "agrees"),
        ("In nearly 60% of returns neglect was recognised at the earliest opportunity.", "contradicts"),
        ("In just over half of the returns neglect was recognised at the earliest opportunity.", "agrees"),
        ("In more than half of the returns neglect was recognised at the earliest opportunity.", "agrees"),
        ("Neglect was recognised at the earliest opportunity in 7 of 13 returns.", "agrees"),
        ("Neglect was recognised at the earliest opportunity in 8 of 13 returns.", "contradicts"),
        # the wrong unit, and what no number of cases can be
        ("In 54% of cases neglect was recognised at the earliest opportunity.", "unit_wrong"),
        ("In 86% of cases the risks were clearly understood.", "unit_wrong"),
        ("In 33% of cases something was so.", "impossible"),
        ("In 25% of cases something was so.", "not_checked"),
        ("In 61% of cases the risks were clearly understood.", "contradicts"),
        # by case, where that is what is meant
        ("A practice tool was used in two of the four cases.", "agrees"),
        ("A practice tool was used in 50% of cases.", "agrees"),
        ("A practice tool was used in three of the four cases.", "contradicts"),
        ("A practice tool was used in two of the five cases.", "contradicts"),
        # answers named, and words that deny
        (
            "71% said that the strengths of the family were assessed, 14% said no and 7% said partly.",
            "agrees agrees agrees",
        ),
        ("71% said that the strengths of the family were assessed, 7% said no.", "agrees contradicts"),
        ("In 14% of returns the risks to the child were not understood.", "agrees"),
        ("In 86% of returns the risks to the child were not understood.", "not_checked"),
        ("In 86% of returns the risks to the child should be understood.", "agrees"),
        ("The risks ought to be clearly understood in 100% of returns.", "not_checked"),
        # two answers together: 10 yes and 1 partly of 14
        ("In 79% of returns the strengths of the family were at least partly assessed.", "agrees"),
        ("In 71% of returns the strengths of the family were at least partly assessed.", "contradicts"),
        ("In 7% of returns the strengths of the family were partly assessed.", "agrees"),
        ("79% answered yes or partly that the strengths of the family were assessed.", "agrees"),
        ("In 21% of returns the strengths of the family were not at least partly assessed.", "not_checked"),
        # bounds
        ("In fewer than one in ten returns the strengths of the family were partly assessed.", "agrees"),
        ("In fewer than one in ten returns the strengths of the family were assessed.", "contradicts"),
        ("In more than half of returns the strengths of the family were assessed.", "agrees"),
        ("In more than half the returns a practice tool was used.", "contradicts"),
        ("In just under three quarters of returns the strengths of the family were assessed.", "agrees"),
        ("In just under a third of returns the strengths of the family were assessed.", "contradicts"),
        ("In well under a third of returns a practice tool was used.", "agrees"),
        ("In a little under a third of returns a practice tool was used.", "contradicts"),
        ("In no more than one in five returns a practice tool was used.", "agrees"),
        ("In one in seven of the returns a practice tool was used.", "agrees"),
        ("Nine in ten returns said that the risks were clearly understood.", "contradicts"),
        ("Nine out of ten returns said that the strengths of the family were assessed.", "contradicts"),
        ("In at least 10 of 14 returns the risks were clearly understood.", "agrees"),
        ("In at least 13 of 14 returns the risks were clearly understood.", "contradicts"),
        ("In at least 10 of 12 returns the risks were clearly understood.", "contradicts"),
        # somebody in each case, or everybody
        ("In every case at least one agency said that information was appropriately shared.", "agrees"),
        ("At least one agency in every case said that information was appropriately shared.", "agrees"),
        ("In every case at least one agency said that the risks were clearly understood.", "contradicts"),
        ("In every case at least one agency used a practice tool.", "contradicts"),
        ("In two of the four cases at least one agency used a practice tool.", "agrees"),
        ("In all cases every agency said that the risks were clearly understood.", "contradicts"),
        ("In three of the four cases every agency said that the risks were clearly understood.", "agrees"),
        ("In three of the four cases all agencies said that the risks were clearly understood.", "agrees"),
        ("In two of the four cases every agency said that the risks were clearly understood.", "contradicts"),
        ("In one of the four cases not every agency said that the risks were clearly understood.", "not_checked"),
        ("In two of the four cases no practice tool was used.", "agrees"),
        ("In three of the four cases no practice tool was used.", "contradicts"),
        # all, none, few
        ("All returns said that the risks were clearly understood.", "contradicts"),
        ("In all returns the risks were clearly understood.", "contradicts"),
        ("None of the returns said that the risks were clearly understood.", "contradicts"),
        ("In all cases a meeting was held.", ""),
        ("All children have a plan in which the risks are clearly understood.", ""),
        ("Risks have to be clearly understood, in all cases.", ""),
        (
            "A tool was used in two of the cases, and all the agencies said that the risks were clearly understood.",
            "not_checked",
        ),
        ("A minority of returns used a practice tool.", "agrees"),
        ("A minority of returns said that the risks were clearly understood.", "contradicts"),
        # a bracket that does not say the same again
        ("The risks were clearly understood in 12 of 14 returns (86%).", "agrees"),
        ("The risks were clearly understood in 12 of 14 returns (83%).", "agrees inconsistent"),
        ("The risks were clearly understood in 86% (12 of 14 returns).", "agrees agrees"),
        ("The risks were clearly understood in 83% (12 of 14 returns).", "inconsistent agrees"),
        # of one agency or one case
        ("In Case D one of two returns said that the risks were clearly understood.", "contradicts"),
        ("In Case D one of five returns said that the risks were clearly understood.", "not_checked"),
        ("In Case C two of four returns said that the strengths of the family were assessed.", "agrees"),
        ("In Case C two of four agencies said that the strengths of the family were assessed.", "agrees"),
        ("In Case C three of four agencies said that the strengths of the family were assessed.", "contradicts"),
        ("In Case C all four agencies used a practice tool.", "contradicts"),
        ("In Case C 50% of agencies said that the strengths of the family were assessed.", "agrees"),
        ("In Case C 71% of agencies said that the strengths of the family were assessed.", "not_checked"),  # 71% of all
        ("In Case 3 four of four agencies said that the risks were clearly understood.", "not_checked"),
        ("In Case 3 86% of returns said that the risks were clearly understood.", "not_checked"),
        ("In Case 3 four forms came back.", "not_checked"),
        ("# Case Z\n\n86% of agencies said that the risks were clearly understood.", "not_checked"),
        ("A6: 86% said yes, and as this was not the case 14% said no.", "agrees agrees"),
        ("The police said in two of three returns that the strengths of the family were assessed.", "agrees"),
        ("The police said in three of three returns that the strengths of the family were assessed.", "contradicts"),
        ("On A3 the police answered yes in two of three.", "agrees"),
        ("On A3 the police answered yes in one of three.", "contradicts"),
        ("On A3 71% of police returns said yes.", "not_checked"),  # of all returns; of those of the police 67%
        ("Two of the four schools used a practice tool.", "contradicts"),
        ("None of the four schools used a practice tool.", ""),
        ("The police were told in two of three returns that the strengths of the family were assessed.", "agrees"),
        ("The police were told in one of three returns that the strengths of the family were assessed.", "not_checked"),
        ("In 71% of returns the strengths of the family were assessed with the school.", "not_checked"),
        # how a case counts: in every case somebody shared information, in none everybody
        ("In the majority of cases information was appropriately shared.", "not_checked"),
        ("In most cases the strengths of the family were assessed.", "not_checked"),
        ("In most cases the risks were clearly understood.", "agrees"),
        ("In most cases a practice tool was used.", "contradicts"),
        # who should be there is no word on what should be
        (
            "The agencies who should be involved said in 86% of returns that the risks were clearly understood.",
            "agrees",
        ),
        # a number of returns that answered so; another number may be of some of them
        ("In twelve returns the risks were clearly understood.", "agrees"),
        ("In three returns the risks were clearly understood.", "not_checked"),
        ("In 12 of the agency files the risks were clearly understood.", "agrees"),
        # which question is never guessed
        ("In 54% of returns something was done.", "not_checked"),
        ("In 54% of returns it was noticed and assessed.", "not_checked"),
        # counts and rates
        ("Four cases were audited.", "agrees"),
        ("Five cases were audited.", "contradicts"),
        ("16 audit requests were sent out, with 14 being returned.", "agrees agrees"),
        ("15 audit requests were sent out, with 14 being returned.", "contradicts agrees"),
        ("14 of the 16 forms came back.", "agrees"),
        ("The response rate was 88%.", "agrees"),
        ("The response rate was 90%.", "contradicts"),
        ("14 forms came back.", "agrees"),
        ("16 forms came back.", "contradicts"),
        ("We looked at four cases and asked for 16 forms; 14 came back.", "not_checked agrees agrees"),
        ("2 forms have not come back.", "agrees"),
        ("3 forms have not come back.", "contradicts"),
        ("The police returned three of four forms.", "agrees"),
        ("The police returned all four forms.", "contradicts"),
        ("The police and the GPs returned six of eight forms.", "agrees"),
        ("The police returned 60% of the forms.", "contradicts"),
        ("All forms were returned by the school.", "agrees"),
        ("There were only three GP audit submissions.", "agrees"),
        ("There were only two GP audit submissions.", "contradicts"),
        ("Two forms came back empty.", "not_checked"),
        ("Twelve forms were returned by e-mail.", "not_checked"),
        ("Twelve forms were returned.", "contradicts"),
        ("Two forms were never returned.", "agrees"),
        ("A total of 14 audit tools were analysed.", "agrees"),
        ("A total of 15 audit tools were analysed.", "contradicts"),
        ("Five cases were included in the audit.", "contradicts"),
        ("No forms were received from GPs in cases A, B and D.", "contradicts"),
        ("No forms were received from GPs or police in case D.", "agrees"),
        ("Two forms were received from the police in cases B and C.", "agrees"),
        ("15 forms were received against 16 requests.", "contradicts agrees"),
        ("15 of the 16 templates that had been circulated were returned.", "contradicts"),
        # forms that were sent back, in other words; and what is not said of the forms that are counted
        ("Agencies completed 14 of 16 forms.", "agrees"),
        ("Agencies filled in 14 of the 16 forms.", "agrees"),
        ("14 of the 16 audit tools requested were completed and returned.", "agrees"),
        ("Agencies completed 15 of 16 forms.", "contradicts"),
        ("Agencies completed 12 of 14 forms.", "not_checked"),  # of those that came back some may not be complete
        ("12 of the 16 forms were filled in by hand.", "not_checked"),
        ("12 of the 16 forms were returned by e-mail.", "not_checked"),
        ("15 of the 16 forms were sent by e-mail.", "not_checked"),
        ("The school completed three of the four forms requested of it.", "contradicts"),
        ("The police completed three of the four forms.", "agrees"),
        ("Two of the 16 forms were not returned.", "agrees"),
        ("Three of the 16 forms were not returned.", "contradicts"),
        ("None of the forms requested were returned.", "contradicts"),
        ("Of the 16 forms requested, 14 (88%) were returned.", "agrees agrees"),
        ("16 forms were asked for and 14 came back (88%).", "agrees agrees agrees"),
        ("15 (94%) of the 16 forms requested were submitted.", "contradicts not_checked"),
        ("14 forms came back and in 12 of 14 the risks were clearly understood.", "agrees agrees"),
        ("Of the returns received, 12 of 14 said that the risks were clearly understood.", "agrees"),
        ("The chronology was completed in 12 of 16 forms.", "not_checked"),
        (
            "The response rate was 88% and 71% of returns said that the strengths of the family were assessed.",
            "agrees agrees",
        ),
        # other forms and other cases than those of the audit
        ("In 15 of the 18 forms something was so.", "not_checked"),
        ("In 15 of the 18 forms received something was so.", "not_checked"),
        ("In 15 of the 18 forms requested something was so.", "impossible"),
        ("In five of the six cases something was so.", "impossible"),
        ("In five of the six cases that the team holds something was so.", "not_checked"),
        ("In 33% of cases in which something was found something was so.", "not_checked"),
        ("In two of the cases a parent was not asked.", "not_checked"),
        ("In two of the cases audited a parent was asked.", "not_checked"),
        ("In three cases that were audited a parent was asked.", "not_checked"),
        ("Two of the forms that came back were in pencil.", ""),
        ("This year 4 cases were audited.", "agrees"),
        ("4 children were selected.", "agrees"),
        ("A sample of five cases was audited.", "contradicts"),
        # forms told of by the way
        ("Two forms of one school crossed in the post.", ""),
        ("Two audit returns were lost.", ""),
        ("Two returns described the home as cold.", "not_checked"),
        ("Two school forms were sent back.", "contradicts"),
        # a word that the question asks with names no answer: 7 know, 6 do not
        ("In 46% of returns the family did not know what the worries were.", "agrees"),
        ("In 20% of returns the family did not know what the worries were.", "contradicts"),
        # every one, not one, all but one
        ("Every one of the 14 returns said that the risks were clearly understood.", "contradicts"),
        ("Not one of the 14 returns said that the risks were clearly understood.", "contradicts"),
        ("All but two of the 14 returns said that the risks were clearly understood.", "agrees"),
        ("All but one of the 14 returns said that the risks were clearly understood.", "contradicts"),
        ("All 14 returns said that the risks were clearly understood.", "contradicts"),
        ("A practice tool was used in all four cases.", "contradicts"),
        ("Information was appropriately shared in all four cases.", "agrees"),
        ("Not all four cases used a practice tool.", "not_checked"),
        ("In every case bar two a practice tool was used.", ""),
        # the words that are said have to tell the question from the others
        ("In 50% of returns plans were clear.", "not_checked"),
        ("54% of returns held a plan and 50% noticed neglect as early as they could have.", "not_checked agrees"),
        # a share without a unit is not one of cases
        ("All agencies say that information was appropriately shared: 100%.", "not_checked"),
        ("Of the four cases, information was appropriately shared in 100%.", "not_checked agrees"),
        # more than were audited
        ("Two of the 63 children on plans were chosen.", "not_checked"),
        ("Of the 16 forms requested, 14 came back.", "agrees agrees"),
        ("Of the 15 forms requested, 14 came back.", "contradicts agrees"),
        # whose forms, and whose scores
        ("The police were asked for four forms.", "agrees"),
        ("The police were asked for four forms, and three came back.", "agrees not_checked"),
        ("The police sent in two of two forms and the school did the same.", "not_checked"),
        ("The mean score of schools was 7.", "not_checked"),
        ("Constabulary returns used a practice tool in three of three.", "contradicts"),  # a usual name of the police
        # grades and scores
        ("Three cases were judged to be good.", "agrees"),
        ("All cases were judged as good.", "agrees"),
        ("All were judged to require improvement.", "contradicts"),
        ("All cases were graded requires improvement.", "contradicts"),
        ("All agencies graded their work good.", "contradicts"),
        ("No return was graded inadequate.", "agrees"),
        ("One return was graded inadequate.", "contradicts"),
        ("Two returns were graded outstanding.", "agrees"),
        ("14% of cases were graded outstanding.", "unit_wrong"),
        ("Section P was graded good in one return.", "agrees"),
        ("Section P was graded below good in 13 returns.", "agrees"),
        ("Section P was not yet good in 12 returns.", "contradicts"),
        ("Four returns were graded less than good.", "agrees"),
        ("29% of returns were below good.", "agrees"),
        ("Three returns were not yet good.", "contradicts"),
        ("No case was judged to be below good.", "agrees"),
        ("Section P was graded \u201cgood\u201d or better in 1 of 14 returns.", "agrees"),
        ("Section P was graded \u201cgood\u201d or worse in 1 of 14 returns.", "contradicts"),
        ("In Case C three of four agencies graded the work requires improvement.", "contradicts"),
        ("In Case C four of four returns graded the work requires improvement.", "agrees"),
        ("Three of the four schools graded their work good.", "contradicts"),
        ("Two of the four schools graded their work good.", "agrees"),
        ("54% of school returns graded their work good.", "not_checked"),
        ("One case was judged to be less than good.", "contradicts"),
        ("Ten returns were at least good.", "agrees"),
        ("Twelve returns were graded good or worse.", "agrees"),
        ("Planning was graded good in 8 returns.", "not_checked"),
        ("Planning was graded good in 3 returns.", "contradicts"),
        ("Planning was graded good in 1 of 14 returns.", "agrees"),
        ("2 cases had an average score of Good.", "agrees"),
        ("3 cases had an average score of Good.", "contradicts"),
        ("0 cases had an average score of Inadequate.", "agrees"),
        ("75% of cases had an average grade of good or better.", "agrees"),
        # agencies that grade: no more than there are returns
        ("Two agencies judged their work to be outstanding overall.", "not_checked"),
        ("Three agencies judged their work to be outstanding overall.", "contradicts"),
        ("One agency judged its work to be outstanding overall.", "not_checked"),
        ("Four agencies judged their work to be good.", "not_checked"),  # of eight returns; some may be of one agency
        ("Eight agencies (57%) judged the overall quality of their work to be good.", "not_checked agrees"),
        ("Eight agencies (50%) judged the overall quality of their work to be good.", "not_checked not_checked"),
        ("Eight agencies judged the work overall good.", "not_checked"),  # as many returns did, of four agencies
        ("Five agencies answered no on the use of a practice tool.", "not_checked"),
        ("Twelve agencies did not return a form.", "not_checked"),
        ("Five agencies work with the family.", ""),
        ("Four audits out of 14 (29%) graded the work overall as less than good.", "agrees"),
        ("Five audits out of 14 graded the work overall as less than good.", "contradicts"),
        # an average, or a grade, of which another clause of the sentence speaks
        ("The average grade for planning was not discussed, but 1 return graded it good or better.", "agrees"),
        ("The average grade was not discussed, but four returns graded planning good.", "not_checked"),
        ("Eight returns had an average grade of good.", "not_checked"),
        ("Seven returns found good practice, and the work was graded.", "not_checked"),
        ("Most agencies graded home visits good.", "not_checked"),
        ("Home visits were graded good in two returns.", "not_checked"),
        ("Two returns are outstanding.", ""),
        ("The mean score was 6.4.", "agrees"),
        ("The average score was 7.", "contradicts"),
        ("The median score was 6.", "agrees"),
        ("The scores ranged from 5 to 8.", "agrees"),
        ("The scores ranged from 4 to 8.", "contradicts"),
        ("The scaling scores averaged 6.4, ranging from 5 to 8.", "agrees agrees"),
        ("The scaling scores averaged 6.9, ranging from 4 to 8.", "contradicts contradicts"),
        ("Ages ranged from 0 to 16, and the mean score was 6.4.", "agrees"),
        ("The mean score rose from 5.6 in 2017 to 9.9.", "not_checked contradicts"),
        ("The mean score rose from 5.6 (2017) to 6.4.", "not_checked agrees"),
    ],
)
def test_a_claim_gets_the_verdict_that_the_tables_give(sentence, verdict):
    assert verdicts(sentence) == verdict.split()


@pytest.mark.parametrize(
    ("sentence", "verdict"),
    [
        # of people and things that returns do not count
        ("84% of social workers said that the risks were clearly understood.", "not_checked"),
        ("In 84% of strategy meetings the risks were clearly understood.", "not_checked"),
        ("In 84% of case conferences the risks were clearly understood.", "not_checked"),
        ("84% of children's social workers said that the risks were clearly understood.", "not_checked"),
        ("84% of volunteers said that the risks were clearly understood.", "not_checked"),
        ("Half of parents said that the risks were clearly understood.", "not_checked"),
        ("Three in four parents said that the risks were clearly understood.", "not_checked"),
        ("Three of the four mothers said that the risks were clearly understood.", "not_checked"),
        ("84% of head teachers graded their work good.", "not_checked"),
        ("Attendance at school rose to 84% once the risks were clearly understood.", "not_checked"),
        ("Most parents said that the risks were clearly understood.", ""),
        ("He has two half brothers and a half sister.", ""),
        # of more than this audit
        ("The risks were clearly understood for three in four children in the borough.", "not_checked"),
        ("Nationally, in 84% of cases the risks were clearly understood.", "not_checked"),
        ("According to the survey the risks were clearly understood in 84% of cases.", "not_checked"),
        # how much something changed
        ("The share in which the risks were clearly understood rose by 20%.", "not_checked"),
        ("The share in which the risks were clearly understood rose by 20 percentage points.", "not_checked"),
        ("The risks were clearly understood in 86% of returns, an increase of 20%.", "agrees not_checked"),
        ("The risks were clearly understood in 86% of returns, 20% more than before.", "agrees not_checked"),
        # and still of returns
        ("In 86% of agency audit returns the risks were clearly understood.", "agrees"),
        ("In 86% of returns practitioners said that the risks were clearly understood.", "agrees"),
        ("Of those that answered, 86% said that the risks were clearly understood.", "agrees"),
    ],
)
def test_what_returns_do_not_count_is_never_called_wrong(sentence, verdict):
    assert verdicts(sentence) == verdict.split()


DATED = made_up(due="2018-05-11", received=["2018-05-10"] * 10 + ["2018-05-14"] * 4)  # 4 late, 2 of them in case D


@pytest.mark.parametrize(
    ("sentence", "verdict"),
    [
        ("Four forms came back late.", "agrees"),
        ("Three forms came back late.", "contradicts"),
        ("Four of the forms arrived after the closing date.", "agrees"),
        ("Four of the 14 forms that came back were late.", "agrees"),
        ("More than half of the forms were late.", "contradicts"),
        ("Just over a quarter of forms were late.", "agrees"),
        ("There were three late forms.", "contradicts"),
        ("No forms were late.", "contradicts"),
        ("Ten forms were returned on time.", "agrees"),
        ("All forms came back on time.", "contradicts"),
        ("71% of returns were received by the deadline.", "agrees"),
        ("63% of the forms asked for came back in time.", "agrees"),
        ("Two of the forms that the police sent in came late.", "contradicts"),
        ("In Case D two forms arrived late.", "agrees"),
        ("Four forms did not come back on time.", "not_checked"),
    ],
)
def test_lateness_is_checked_only_where_the_dates_received_are_known(sentence, verdict):
    assert verdicts(sentence, DATED) == verdict.split()
    unknown = made_up(due="2018-05-11", received=["2018-05-14"] + [""] * 13)
    assert set(verdicts(sentence, unknown)) == {"not_checked"}


@pytest.mark.parametrize(
    ("sentence", "verdict"),
    [
        ("In more than half of returns neglect was noticed too late.", "not_checked"),
        ("In 86% of returns the risks were clearly understood too late.", "not_checked"),
        ("In more than half of cases the plan was late.", "not_checked"),
        ("Two cases were known from late in the pregnancy.", "not_checked"),
    ],
)
def test_what_else_was_late_is_never_called_wrong(sentence, verdict):
    assert verdicts(sentence, DATED) == [verdict]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("The last neglect audit was in March 2017.", ["agrees"]),
        ("The last neglect audit was in May 2017.", ["contradicts"]),
        ("The neglect audit was held in May 2018.", ["agrees"]),
        ("The neglect audit was held in June 2018.", ["contradicts"]),
        ("The neglect audit was held in June 2015.", ["not_checked"]),
        ("# Neglect audit 2017\n\nSix cases were audited.", ["contradicts"]),
        ("# Neglect audit 2015\n\nSix cases were audited.", ["not_checked"]),
        ("In 2017 four cases were audited.", ["agrees"]),
        ("A6 rose from 12 of 14 to 13 of 14 returns.", ["agrees", "contradicts"]),
        ("A6: yes in 12 of 14 in March 2017 and 13 of 14 in May 2018.", ["agrees", "contradicts"]),
        ("A6: yes in 86% of returns (likely range 60% to 96%).", ["agrees"]),
    ],
)
def test_a_claim_is_held_against_the_audit_that_it_is_about(text, found):
    assert verdicts(text, NOW, BEFORE) == found


NONE_WELL = made_up(
    "neglect-2017", "2017-03", answers={"A6": "nnnn nnnn nnnn yy"}
)  # 2 yes of 14; the later audit has 12


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("A6: yes rose from 14% in 2017 to 86% in 2018.", "agrees agrees"),
        ("A6: yes rose from 50% in 2017 to 60% in 2018.", "contradicts contradicts"),
        ("A6: yes rose from 14% in March 2017 to 86% in May 2018.", "agrees agrees"),
        ("A6: yes rose from 14% (2017) to 86% (2018).", "agrees agrees"),
        ("A6: yes rose from 2017 (14%) to 2018 (86%).", "agrees agrees"),
        ("A6: yes rose from 14% to 86% between 2017 and 2018.", "agrees agrees"),
        ("A6: yes rose from 14% to 86% since 2017.", "agrees agrees"),
        ("A6: yes rose from 14% to 86% in 2018.", "agrees agrees"),
        ("A6: yes rose from 14% in 2017 to 86%.", "agrees agrees"),
        ("A6: yes rose from 86% in 2016 to 14% in 2017.", "not_checked agrees"),
        ("A6: yes rose from 86% to 14% in 2017.", "not_checked agrees"),
        ("In 2017 A6 rose from 86% to 14%.", "not_checked agrees"),
        ("In 86% of returns the risks were clearly understood, up from 14% in 2017.", "agrees agrees"),
        ("In 86% of returns the risks were clearly understood (2017: 14%).", "agrees agrees"),
        ("In 86% of returns the risks were clearly understood (14% in 2017).", "agrees agrees"),
        (
            "In 86% of returns the risks were clearly understood, compared with 14% in the previous audit.",
            "agrees agrees",
        ),
        ("In 86% of returns the risks were clearly understood, an increase on the previous audit.", "agrees"),
        ("In 86% of returns the risks were clearly understood, more than in 2017.", "agrees"),
        ("In the previous audit the risks were clearly understood in 14% of returns.", "agrees"),
        ("In 2017, 14% of returns said that the risks were clearly understood and 86% said no.", "agrees agrees"),
        ("The risks were clearly understood in 14% of returns in 2017; in 2018 it was 86%.", "agrees agrees"),
        ("In 86% of returns the risks were clearly understood, up from less than a fifth in 2017.", "agrees agrees"),
        ("In 86% of returns the risks were clearly understood, up from a third in 2017.", "agrees contradicts"),
        ("In 86% of returns the risks were clearly understood, but fewer were so in 2017.", "not_checked"),
        # of no audit that is here, or open which
        ("In 2016 the risks were clearly understood in 50% of returns.", "not_checked"),
        ("Last year the risks were clearly understood in 14% of returns.", "not_checked"),
        ("In 2016/17 the risks were clearly understood in 50% of returns.", "not_checked"),
        ("Compared with 14% in 2017, the risks were clearly understood in 50% of returns.", "agrees not_checked"),
        (
            "In 2017 the risks were clearly understood in 14% of returns. In 50% of returns tools were used.",
            "agrees not_checked",
        ),
        # a year that belongs to a name
        ("As Working Together 2015 asks, the risks were clearly understood in 86% of returns.", "agrees"),
    ],
)
def test_each_figure_of_a_sentence_is_held_against_the_audit_of_its_year(text, found):
    assert verdicts(text, NOW, NONE_WELL) == found.split()


def test_the_reason_names_another_audit():
    says = [one.says for one in check_claims(passages_of_text("A6: 86% yes, up from 14% in 2017."), NOW, [NONE_WELL])]
    assert says == [
        "A6: 12 of the 14 returns to which it applied said yes (85.7%)",
        "in neglect-2017, A6: 2 of the 14 returns to which it applied said yes (14.3%)",
    ]


def test_where_each_case_has_one_return_grades_of_returns_are_those_of_cases():
    frames = {
        name: frame[frame["agency"] == "Social Care"].reset_index(drop=True) if "agency" in frame else frame
        for name, frame in NOW.tables.items()
    }
    one_each = AuditTables(NOW.audit, frames, NOW.instrument)
    assert verdicts("Section P was graded below good in three of the four cases.", one_each) == ["agrees"]
    assert verdicts("Section P was graded below good in two of the four cases.", one_each) == ["contradicts"]
    assert verdicts("Section P was graded below good in three of the four cases.", NOW) == ["not_checked"]


def test_of_two_other_audits_of_one_year_none_is_taken():
    text = "In 2017 the risks were clearly understood in 50% of returns."
    assert verdicts(text, NOW, NONE_WELL) == ["contradicts"]
    assert verdicts(text, NOW, NONE_WELL, made_up("neglect-2017-b", "2017-11")) == ["not_checked"]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        # of two figures for one thing the data tell which is wrong; the other is told beside it
        (
            "In 54% of returns risks were clearly understood.\n\nIn 86% of returns risks were clearly understood.",
            ["contradicts", "agrees"],
        ),
        (
            "In 86% of returns risks were clearly understood.\n\nIn 86% of returns risks were clearly understood.",
            ["agrees", "agrees"],
        ),
        (
            "The neglect audit was held in May 2018.\n\nAppendix: Neglect audit June 2018.",
            ["agrees", "contradicts"],
        ),
        (
            "The neglect audit was held in May 2015.\n\nAppendix: Neglect audit June 2015.",
            ["inconsistent", "inconsistent"],
        ),
        (
            "The neglect audit was held in May 2015.\n\nAppendix: Housing audit June 2015.",
            ["not_checked", "not_checked"],
        ),
        (
            "The case audit was held in May 2015.\n\nThe neglect audit was held in June 2015.",
            ["not_checked", "not_checked"],
        ),
        (
            "2 cases had an average score of Good.\n\nCase A\n\nAgreed grade: Good\n\nCase B\n\nAgreed grade: Inadequate\n",
            ["inconsistent", "agrees", "contradicts"],
        ),
        ("Five cases were audited.\n\nFour cases were selected.", ["contradicts", "agrees"]),
    ],
)
def test_two_figures_for_one_thing_are_told(text, found):
    assert verdicts(text) == found


def test_without_an_audit_a_text_is_held_against_itself():
    text = "Six cases were audited.\n\nIn 59% of cases neglect was noticed.\n\nIn 83% of cases risks were understood."
    assert verdicts(text, None) == ["not_checked", "impossible", "not_checked"]


def test_the_reason_gives_counts_in_words():
    (one,) = check_claims(passages_of_text("In 86% of cases the risks were clearly understood."), NOW)
    assert one.says == (
        "this is a share of returns, not of cases: A6: 12 of the 14 returns to which it applied said yes (85.7%); "
        "no number of 4 cases is 86%"
    )


def test_an_audit_without_returns_contradicts_nothing_that_it_cannot_know():
    empty = AuditTables("x", {name: schema.empty() for name, schema in TABLES.items()}, load_instrument("neglect-2018"))
    empty.tables["about"].loc[0] = [
        "x",
        "t",
        "neglect",
        "neglect-2018",
        "2018-05",
        "",
        "6",
        "",
        "",
        "",
        "yes",
        "audit-lib",
        "0",
    ]
    assert verdicts("In 54% of returns risks were clearly understood. The mean score was 6.", empty) == [
        "contradicts",
        "not_checked",
    ]


@pytest.mark.parametrize(
    ("sentence", "verdict"),  # R1: 7 of 13 to which it applied (54%), 7 of 14 that answered (50%)
    [
        ("Of the returns to which the question applied, 54% noticed neglect as early as they could have.", "agrees"),
        (
            "Of the returns to which the question applied, 50% noticed neglect as early as they could have.",
            "contradicts",
        ),
        ("Of all that answered, 50% noticed neglect as early as they could have.", "agrees"),
        ("Of all that answered, 54% noticed neglect as early as they could have.", "contradicts"),
    ],
)
def test_a_sentence_that_says_what_a_share_is_of_is_held_to_it(sentence, verdict):
    assert verdicts(sentence) == [verdict]
