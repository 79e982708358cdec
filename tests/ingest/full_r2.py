"""One invented report of E2B(R2) in which every element of the DTD (2.1) stands once, message header aside."""

from copy import deepcopy

PERSON = ("title", "givename", "middlename", "familyname", "organization", "department", "street", "city", "state", "postcode")  # fmt: skip
PARTY = (
    "organization", "department", "title", "givename", "middlename", "familyname", "streetaddress", "city", "state",
    "postcode", "countrycode", "tel", "telextension", "telcountrycode", "fax", "faxextension", "faxcountrycode", "emailaddress",
)  # fmt: skip


def dated(field, day):
    return {f"{field}format": "102", field: day}


def party(kind):
    return {f"{kind}type": "1"} | {f"{kind}{field}": f"{kind} {field}" for field in PARTY}


REPORT = {
    "safetyreportversion": "2", "safetyreportid": "GB-X-1", "primarysourcecountry": "FR", "occurcountry": "DE",
    **dated("transmissiondate", "20220801"), "reporttype": "1", "serious": "1", "seriousnessdeath": "1",
    "seriousnesslifethreatening": "2", "seriousnesshospitalization": "1", "seriousnessdisabling": "2",
    "seriousnesscongenitalanomali": "2", "seriousnessother": "1", **dated("receivedate", "20220701"),
    **dated("receiptdate", "20220710"), "additionaldocument": "1", "documentlist": "discharge letter",
    "fulfillexpeditecriteria": "1", "authoritynumb": "GB-A-1", "companynumb": "GB-X-1", "duplicate": "1",
    "reportduplicate": {"duplicatesource": "X AGENCY", "duplicatenumb": "X-1"}, "linkedreport": {"linkreportnumb": "L-2"},
    "casenullification": "2", "nullificationreason": "none",
    "primarysource": [
        {f"reporter{one}": f"reporter {one}" for one in PERSON}
        | {"reportercountry": "GB", "qualification": "1", "literaturereference": "Invented A. A paper.",
           "studyname": "Study", "sponsorstudynumb": "S-1", "observestudytype": "1"},
        {"reportercountry": "IE", "qualification": "2"},
    ],
    "sender": party("sender"), "receiver": party("receiver"),
    "patient": {
        "patientinitial": "XX", "patientgpmedicalrecordnumb": "1", "patientspecialistrecordnumb": "2",
        "patienthospitalrecordnumb": "3", "patientinvestigationnumb": "4", **dated("patientbirthdate", "19880105"),
        "patientonsetage": "34", "patientonsetageunit": "801", "gestationperiod": "12", "gestationperiodunit": "803",
        "patientagegroup": "5", "patientweight": "70", "patientheight": "170", "patientsex": "2",
        **dated("lastmenstrualdate", "20220101"), "patientmedicalhistorytext": "Words of the history.",
        "resultstestsprocedures": "Prose of results.",
        "medicalhistoryepisode": {
            "patientepisodenamemeddraversion": "24.0", "patientepisodename": "Invented disease",
            **dated("patientmedicalstartdate", "20100101"), "patientmedicalcontinue": "1",
            **dated("patientmedicalenddate", "20110101"), "patientmedicalcomment": "mild",
        },
        "patientpastdrugtherapy": {
            "patientdrugname": "Olddrug", **dated("patientdrugstartdate", "20090101"),
            **dated("patientdrugenddate", "20090201"), "patientdrgindicationmeddraversion": "24.0",
            "patientdrugindication": "Invented pain", "patientdrgreactionmeddraversion": "24.0",
            "patientdrugreaction": "Invented rash",
        },
        "patientdeath": {
            **dated("patientdeathdate", "20220706"), "patientautopsyyesno": "1",
            "patientdeathcause": {"patientdeathreportmeddraversion": "24.0", "patientdeathreport": "Invented bleeding"},
            "patientautopsy": {"patientdetermautopsmeddraversion": "24.0", "patientdetermineautopsy": "Invented leak"},
        },
        "parent": {
            "parentidentification": "YY", **dated("parentbirthdate", "19600101"), "parentage": "28",
            "parentageunit": "801", **dated("parentlastmenstrualdate", "20211201"), "parentweight": "60",
            "parentheight": "165", "parentsex": "2", "parentmedicalrelevanttext": "Words on the parent.",
            "parentmedicalhistoryepisode": {
                "parentmdepisodemeddraversion": "24.0", "parentmedicalepisodename": "Invented cramp",
                **dated("parentmedicalstartdate", "20000101"), "parentmedicalcontinue": "2",
                **dated("parentmedicalenddate", "20010101"), "parentmedicalcomment": "long ago",
            },
            "parentpastdrugtherapy": {
                "parentdrugname": "Parentdrug", **dated("parentdrugstartdate", "20000201"),
                **dated("parentdrugenddate", "20000301"), "parentdrgindicationmeddraversion": "24.0",
                "parentdrugindication": "Invented cramp", "parentdrgreactionmeddraversion": "24.0",
                "parentdrugreaction": "Invented itch",
            },
        },
        "reaction": [
            {"primarysourcereaction": "Rote Flecken", "reactionmeddraversionllt": "24.0", "reactionmeddrallt": "Red spots",
             "reactionmeddraversionpt": "24.1", "reactionmeddrapt": "Invented spots", "termhighlighted": "3",
             **dated("reactionstartdate", "20220704"), **dated("reactionenddate", "20220705"), "reactionduration": "1",
             "reactiondurationunit": "804", "reactionfirsttime": "3", "reactionfirsttimeunit": "804",
             "reactionlasttime": "2", "reactionlasttimeunit": "804", "reactionoutcome": "1"},
            {"primarysourcereaction": "Invented cough", "reactionoutcome": "6"},
        ],
        "test": {
            **dated("testdate", "20220703"), "testname": "Invented test", "testresult": "5", "testunit": "g/l",
            "lowtestrange": "4", "hightestrange": "9", "moreinformation": "1",
        },
        "drug": {
            "drugcharacterization": "1", "medicinalproduct": "Brandix", "obtaindrugcountry": "GB",
            "drugbatchnumb": "L1", "drugauthorizationnumb": "EU/1", "drugauthorizationcountry": "EU",
            "drugauthorizationholder": "Holder", "drugstructuredosagenumb": "5", "drugstructuredosageunit": "003",
            "drugseparatedosagenumb": "2", "drugintervaldosageunitnumb": "1", "drugintervaldosagedefinition": "804",
            "drugcumulativedosagenumb": "15", "drugcumulativedosageunit": "003", "drugdosagetext": "5 mg twice",
            "drugdosageform": "tablet", "drugadministrationroute": "048", "drugparadministration": "042",
            "reactiongestationperiod": "11", "reactiongestationperiodunit": "803",
            "drugindicationmeddraversion": "24.0", "drugindication": "Invented ache", **dated("drugstartdate", "20220701"),
            "drugstartperiod": "3", "drugstartperiodunit": "804", "druglastperiod": "2", "druglastperiodunit": "804",
            **dated("drugenddate", "20220703"), "drugtreatmentduration": "3", "drugtreatmentdurationunit": "804",
            "actiondrug": "1", "drugrecurreadministration": "1", "drugadditional": "Words on the drug.",
            "activesubstance": {"activesubstancename": "Brandixamab"},
            "drugrecurrence": {"drugrecuractionmeddraversion": "24.0", "drugrecuraction": "Invented spots"},
            "drugreactionrelatedness": {
                "drugreactionassesmeddraversion": "24.0", "drugreactionasses": "Invented spots",
                "drugassessmentsource": "Reporter", "drugassessmentmethod": "Global", "drugresult": "Related",
            },
        },
        "summary": {
            "narrativeincludeclinical": "An invented narrative.", "reportercomment": "A comment.",
            "senderdiagnosismeddraversion": "24.0", "senderdiagnosis": "Invented syndrome", "sendercomment": "None.",
        },
    },
}  # fmt: skip


def full():
    """The report as nested dictionaries, to be changed at will."""
    return deepcopy(REPORT)
