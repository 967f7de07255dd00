"""Words that decide whether a full stop ends a sentence."""

# Abbreviations that no sentence ends with.
NEVER_LAST = frozenset(
    "vs v fig figs eq eqs e.g i.e eg ie cf approx ca viz resp incl excl dr prof mr mrs ms st mt subsp var suppl tab ref refs "
    "vol ed eds dept univ int rev op cit app appx sect para art nat proc assoc bros gen col lt capt gov sen rep hon".split()
)
# Abbreviations that only a number follows ("No. 3", "p. 12", "pp. 3-9"); before anything else they are words.
BEFORE_NUMBER = frozenset("no nos p pp vol ch sec nr n jan feb mar apr jun jul aug sep sept oct nov dec".split())
# Abbreviations that may end a sentence: they do where a word follows that mostly opens one.
MAYBE_LAST = frozenset(
    "al etc inc ltd co corp jr sr u.s u.k e.u u.s.a a.m p.m ph.d m.d b.sc m.sc sp spp b.i.d q.d t.i.d q.i.d o.d i.v s.c i.m p.o "
    "d.c min max no nos est avg wt conc".split()
)
OPENERS = frozenset(
    """a about according across additionally adverse after all also although among an analyses analysis and another any as
    at based baseline because before besides both but by clinical common comparable compared comparison consequently consistent
    conversely currently data despite due during each early eight eighteen eligible eleven even evidence exploratory fewer fifteen
    fifty finally first five follow follow-up following for forty four fourteen from further furthermore given grade hence here
    historically however if importantly improved in indeed initially interestingly it its keywords last lastly later long
    longer many mean meanwhile median moreover most multiple nearly neither nevertheless next nine no none nonetheless not notably
    of on once one only other our outcomes over overall participants patients people pooled post preliminary previous primary
    prior progression quality randomized rates recent recently results safety second secondary serious seven seventeen
    several similar similarly since six sixteen sixty so some specifically studies study subgroup subsequently subsequent such
    survival ten that the their then there therefore these they third thirteen thirty this those three through thus to
    together toxicity treatment trials twelve twenty two under unfortunately unlike until updated using we what when whereas
    which while with within women men without yet""".split()
)
# Before a single capital these words make it a name of a kind, not an initial: "vitamin D.", "group A."
KINDS = frozenset(
    "vitamin vitamins hepatitis type types group groups arm arms cohort cohorts class factor protein influenza panel part grade stage phase "
    "category table figure level score child-pugh pugh child influenza virus serogroup region model method strategy regimen "
    "plan option step appendix box and or".split()
)
