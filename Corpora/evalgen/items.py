"""The eval sets: all text is our own."""

# question, answer
WORKSHOP = [
    ("A cooper in Larkmoor planes fourteen staves an hour and needs thirty of them for one barrel. How many hours does he "
     "plane for six barrels if he rests every third hour?",
     "Six barrels need 180 staves, which is 12 hours and 51 minutes at the plane; with a rest after every two working hours "
     "he is done in the nineteenth hour."),
    ("The ferry to Hollow Isle drifts two hundred metres to the south on every crossing against the current. By how much "
     "must the pilot aim north if she crosses twice as slowly in fog?",
     "Twice the time on the water is twice the drift, so the pilot aims four hundred metres to the north of the pier."),
    ("Which of the two greenhouses behind the old glass works loses less warmth at night, the one with thicker panes or the "
     "one that leans on the bakery wall, and why?",
     "The one on the bakery wall: bricks that an oven heated all day give warmth back for hours, which no pane can do."),
    ("A beekeeper moves nine hives to the upper meadow on Monday and twice as many on each later day. On which day has she "
     "moved more than two hundred hives in all?",
     "After five days she has moved 9 + 18 + 36 + 72 + 144 = 279 hives, and after four only 135, so it is on Friday."),
    ("Explain to an apprentice why the bell founder of Saint Orrin lets the bronze cool for six days in the pit before he "
     "breaks the mould of clay and horsehair.",
     "Bronze that cools fast shrinks unevenly and cracks at the lip; in the warm pit the whole bell cools at one pace and "
     "keeps a clean tone."),
    ("Three sisters share the rent of a studio in the ratio of their windows, which is two to three to five. The eldest has "
     "five windows and pays 310 crowns; what do the other two pay?",
     "One window is 62 crowns, so the sister with two windows pays 124 crowns and the sister with three pays 186 crowns."),
    ("Write a short notice for the swimming hall that asks parents to keep wet boots off the blue mats, names the new shelf "
     "by the stairs, and does not sound angry.",
     "Dear parents, our blue mats stay safe only while they stay dry: please leave wet boots on the new shelf by the stairs. "
     "Thank you for helping us."),
    ("How would you measure the height of the crooked chimney at Fennick Mill with nothing but a metre stick, a sunny "
     "morning, and a helper who can stand still?",
     "Measure the helper's shadow and height and the chimney's shadow at the same minute: the heights stand to each other as "
     "the shadows do."),
    ("The town council wants to replace forty gas lamps by lights that use a ninth of the energy. The lamps cost 1,800 crowns "
     "a winter together; what does the council save in three winters?",
     "A ninth of 1,800 crowns is 200, so each winter saves 1,600 crowns and three winters save 4,800 crowns."),
    ("Name two reasons why the salt carts of the Vell valley were pulled by oxen and not by horses, although horses would "
     "have been a day faster over the pass.",
     "Oxen held their footing on the wet slate of the pass, and they could live on the poor grass beside the road where "
     "horses needed oats."),
    ("A choir of 48 voices loses every sixth singer to the autumn cold, and half of those who are left cannot read the new "
     "score yet. How many singers can the conductor rehearse it with?",
     "Eight singers are ill, forty are left, and twenty of those can read the new score."),
    ("Describe how a lock keeper lowers a barge by three metres without a pump, and say what happens to the water that she "
     "lets out of the chamber at the end.",
     "She shuts both gates and opens the lower sluice, so that the chamber drains by its own weight; the water runs into the "
     "lower canal and is gone."),
]
QUICK = [
    ("Which metal do the swans on the town hall roof have?", "Copper"),
    ("What colour is the pilot's flag at low tide?", "Yellow"),
    ("How many steps lead up to the lantern room?", "Ninety-three"),
    ("Who mends the clock of the customs house?", "The watchmaker's daughter"),
    ("In which month does the herring fair begin?", "October"),
    ("What do the millers of Fennick call their cat?", "Sexton"),
    ("Why?", "Because."),
]
# passage, question, answer, rubric
READING = [
    ("The lighthouse keeper of Varn kept three logbooks, one for storms, one for ships, and one for the gulls that nested "
     "under the gallery each spring. The last of them is the only one that the harbour museum bought.",
     "Which logbook is in the museum today?", "The one for the gulls.",
     "Award full marks only if the reply names the logbook for the gulls, says that the museum bought it, and refuses to "
     "guess the price that was paid for it."),
    ("When the dredger reached the inner basin it brought up a bronze hand, eleven anchors, and the complete type of a "
     "printing press that had been thrown into the water during the quarrel of the two newspapers.",
     "What came out of the basin beside anchors and a hand?", "The type of a printing press.",
     "The reply must mention the type of the press and the quarrel of the two newspapers; take one mark off for each thing "
     "that the passage does not say about the dredger."),
]
QUOTATION = ("We did not come up this hill for the view, although the view is fair; we came because the bell below us has rung "
             "the hours of other people for a hundred years and we mean to hear one hour of our own")
QUOTED = ("Read the opening of the miners' address of 1887.\n\u201c" + QUOTATION + ".\u201d\nWhat do the speakers want, in one "
          "sentence, and which word tells you that they expect to be refused?",
          "They want an hour of free time, and 'mean' tells that they expect a refusal.")
# ticket, turns
DIALOGUES = [
    ("T-40817", [
        ("user", "My brass kettle arrived with a dent the size of a walnut on the left side of the spout."),
        ("assistant", "That should not have left our workshop. Is the seam beside the dent still tight when you pour?"),
        ("user", "It drips when I fill it above the second rivet, so I would rather have another one before the feast.")]),
    ("T-40862", [
        ("user", "The courier left my parcel with a neighbour whose name nobody in our street has ever heard."),
        ("assistant", "Let me ask the courier for the signature. Does your street have two houses with your number?"),
        ("user", "There is a second number nine behind the chapel; please send somebody there, order 58213907.")]),
]
CONTROL = [
    "Which two harbours did the icebreaker Grey Heron serve in her first winter, and who paid for the coal?",
    "A clockmaker sets eleven clocks two minutes apart each; how long after the first does the last one strike noon?",
    "Explain why the weavers of Tarn hang wet linen in the north wind although it dries sooner in the sun.",
    "How many tiles does a round floor of four metres need if each tile is a hand wide and a hand long?",
    "Name the three coins that the toll keeper at Marrow Bridge refused after the flood, and the reason she gave.",
]
SHARED_PROMPT = ("You are the evening tutor of the Larkmoor workshop. Read each task twice, name the unit of every number, "
                 "never guess, and say so when the task leaves something open. ")
