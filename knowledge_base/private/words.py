"""Lists of words by which a name, a role or a place is told from what only looks like one."""

from __future__ import annotations


def _set(text: str) -> frozenset[str]:
    return frozenset(text.split())


GIVEN = _set(
    """aaron abdi abdul abigail adam adele aditi agnieszka ahmed aidan aimee aisha alan albert alex alexander
    alexandra alfie alfred ali alice alicia alina alison allan amanda amber amelia amelie amina amir amy ana
    andrea andrew andrzej angela anita anna annabel anne annie anthony antonia anya archie arjun arlo arthur
    asha ashley asif ava ayaan ayesha bailey barbara barry beatrice becky ben benjamin bernard beth bethany
    betty billy blake bobby bradley brandon brenda brian bridget bronte bryony callum cameron cara carl
    carly carol caroline carolyn casey catherine cathy cerys charles charlie charlotte chelsea cheryl chloe
    chris christian christina christine christopher ciara claire clara clare cody colin connor conor
    courtney craig daisy dale damian daniel danielle danny darcey darcy darren dave david dawn dean debbie
    deborah demi denise dennis derek diana diane dominic donna doris dorothy duncan dylan edith edward
    eileen elaine eleanor elena eli elijah elise elizabeth ella ellen ellie elliot elliott elsie emilia
    emily emma emmanuel eric erin esme ethan ethel eva eve evelyn evie ewan ezra faith farah fatima fatuma
    felix finlay finley fiona florence frances francesca francis frank frankie fred freddie freddy freya
    gabriel gareth gary gavin gemma geoffrey george georgia georgina gerald gethin gillian gina glen glenn
    gloria gordon grace graham greg gregory hamza hana hannah harley harold harriet harrison harry harvey
    hassan hayden hayley hazel heather heidi helen henry holly hugh hugo hussain ian ibrahim idris imogen
    imran ines irene iris isaac isabel isabella isabelle isla ismail ivy jack jackie jackson jacob
    jacqueline jade jaden jake jakub james jamie jan jane janet janice jasmine jason jay jayden jayne jean
    jeffrey jenna jennifer jenny jeremy jermaine jess jessica jessie jill jim joan joanna joanne jodie joe
    joel john jonathan jordan joseph josephine josh joshua josie joyce juan jude judith judy julia julian
    julie june kacper kai kamal karen karl kate katherine kathleen kathryn katie kayden kayla kayleigh keira
    keith kelly kelsey ken kenneth kerry kevin khadija kian kieran kim kirsty krystian kyle kyra lacey lara
    laura lauren lawrence layla leah leanne lee lena lenny leo leon leroy lesley leslie levi lewis lexi liam
    libby lilly lily linda lisa liz logan lola lorraine louie louis louisa louise lucas lucia lucy luis luka
    luke luna lydia lynn maciej maddison madison maisie malcolm malik margaret maria mariam marie marion
    mark martha martin martyn mary maryam mason mateusz matilda matthew maureen max maya megan mehmet
    melanie melissa mia michael michal michelle mikey mila millie milo miriam mo mohamed mohammad mohammed
    molly monica morgan muhammad musa mustafa myles nadia naomi natalie natasha nathan nathaniel neil niamh
    nicholas nicola nicole nigel nikita nina noah nora norman oliver olivia ollie omar oscar owen paige
    pamela patience patricia patrick paul paula pauline penelope penny peter philip phillip phoebe piotr
    polly poppy priya rachel rajesh ralph raymond rebecca reece reggie rhian rhiannon rhys ria richard ricky
    riley rita robert robin robyn roger roman ronald ronnie rory rosa rose rosemary rosie ross rowan roy
    ruby rupert russell ruth ryan saira sally sam samantha samir samira samuel sandra sara sarah scarlett
    scott sean sebastian seth shane shannon sharon shaun sheila shirley sian sienna simon skye sofia sonia
    sophia sophie stacey stan stanley stella stephanie stephen steve steven stuart summer susan suzanne
    sylvia szymon tamara tanya tara taylor ted teresa terry theo theodore theresa thomas tia tiffany tim
    timothy tina toby tom tomasz tommy tony tracey tracy trevor tristan tyler tyrone uma valerie vanessa
    vera veronica victor victoria vincent violet vivian wayne wendy wesley will william willow xavier yasmin
    yusuf yvonne zac zach zachary zahra zain zainab zak zara zoe zofia"""
)
"""First names that are common in the United Kingdom: they make a name of words that would be none."""

NO_NAMES = _set(
    """a about abuse academic academy accommodation according act action activities activity added adolescents
    adoption adults advice adviser advisers advocate after age aged agencies agency agenda all also although
    an analysis and anglia annual appendix april are area article as assessment assistant at attachment
    august authorities authority autumn avenue award babies band based bath because before beyond birth
    board book borough both boys bradbury brief briefing bristol britain british bulletin bureau business by
    cafcass cambridge care carers case cases central centre chair chapter chief child childhood children
    christmas circular civic class clerk close coffee cohort college commission commissioner committee
    common community conference consortium consultant coordinator core cornwall council councils county
    course court crescent crime crown cycle day days december degree department departments deputy design
    developing development devon diagram director directors disability disabled discussion district division
    doctor domestic dorset dr drive during each early east easter education effective efficiency eight
    eighteen eleven emergency england english enquiries enquiry europe european evaluation every everybody
    evidence example exercise exeter experiential explore facilitator facilitators fact factors families
    family february feedback few field fifteen figure findings first five focus for forum foster foundation
    four framework free friday from fund further general genogram girls given gloucestershire good
    government grammar green group groups guardian guidance guide half hall handbook handout hard head heads
    health her high his home homes hospital hotel house how however human if important improvement in
    independent infant infants information initial inquiry inspection institute integrated international
    intervention interventions introduction ireland is it january joint journal july june junior juniors key
    kingdom knowledge lane law lead leader leaders leadership leading learning lecturer legal lesson lessons
    level library life line list literature little local london looked lunch mainstream making management
    manager managers many march may medical meeting meetings member members mental mentor mentoring mentors
    method middle midlands minutes model models module monday month months more most national neglect
    network new next nine no non north northern not note notes november number nursery nurses nursing
    october of office officer officers ofsted on one only open option or order other others our out outcomes
    outline overview oxford pack page paper papers paragraph parent parenting parents park parliament part
    participants partner partners partnership people performance person persons perspective phase pilot
    place placement plan planning plans plenary police policy post practice practitioner practitioners
    preparation presentation presenter presenters press preview primary principal principles prison problem
    process professional professor programme progress project promoting protection psychology public
    publications publishing pupil pupils quality question questions reader reading reception recommendation
    recommendations record recording records reference references reflection reflective regional
    registration regulations report reports research researcher residential resource resources respect
    response review reviewing reviews rights risk risks road room round royal safeguarding safety sage said
    saturday says school schools science scotland scottish secondary secretary section sector senior
    september serious service services session sessions set sets seven several short signs since six skills
    social society solutions some somerset source south special specialist specific staff stage stages
    standard standards star start state statement statistics statutory step steps story strategic strategies
    strategy street strengthening student students study summary summer sunday supervision supervisor
    supervisors support supporting survey sweden swindon system systemic systems table target task taunton
    tea teacher teachers team teams teenagers ten term test text that the their theme themes then theory
    there these they thinking third this those three thursday time times to together tool toolkit tools
    topic topics total toward towards trainer training transfer treatment trust tuesday twelve two under
    understanding uni union unit united university until update use using version views violence virtual
    voice volume volunteer wales walk walking ward way ways we wednesday week weeks welcome welfare west
    western what when where whether which while who why wiltshire winter with women work worker workers
    workforce working workshop workshops world year years york you young your yours youth"""
)
"""Words with a capital that make no name of a person of what they stand in."""

LEADS = _set(
    """a also an and as at baby because but by child dad daughter discussed dr for from girl he her here his i if
    in is it its little master met miss mother mr mrs ms mum my no not now of on or our parent professor
    pupil sadly seen she sibling siblings since sister so son that the their then there they this today two
    visited was we what when while who with yesterday you young your"""
)
"""Words that may begin a sentence or go before a name, and are no part of it."""

PUBLIC = _set(
    """arthur-labinjo-hughes daniel-pelka jasmine-beckford khyra-ishaq kimberley-carlile maria-colwell
    peter-connelly star-hobson tyra-henry victoria-climbie victoria-climbié"""
)
"""Children whom published inquiries and reviews name, joined with hyphens."""

ROLES = _set(
    """academy access admin administration administrator adoption adviser apir bookings bulletin business cafcass
    care careers cares chair childcare children childrens clerk commissioning committee communications
    complaints conference contact contracts coordinator corporate council councillors customer
    customerservices cwdc data democratic desk development director duty early editor editors edt education
    emergency enquiries enquiry events facilitator facilitators families family feedback fis foi fostering
    front git governance hello help helpdesk helpline hotline hr hub info information inspection intake it
    ithelp jobs lado learning legal library lscb lscp mail mailbox manager marac mash media mentoring
    mentors noreply notifications office ofsted panel participation partnership performance permissions
    planning policy post postmaster press privacy programme project protection publications quality
    reception records recruitment referral referrals reply research review reviewing safeguarding sales
    school screening security service services set site social sset standards strategy supervision support
    switchboard team training vacancies web webmaster website webteam welfare workforce youth"""
)
"""Words of which the mailboxes of roles, teams and services are made."""
