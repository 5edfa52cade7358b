"""Lists of words by which a name, a role or a place is told from what only looks like one."""

from __future__ import annotations


def _set(text: str) -> frozenset[str]:
    return frozenset(text.split())


GIVEN = _set(
    """aaron abbie abby abdi abdul abdullah abdulrahman abel abena abi abigail adaeze adam adele aditi adrian ady
    agnieszka ahmed aidan aiden aimee aisha ajay alan alana alannah alasdair albert alec aleksander aleksandra
    alesha alex alexander alexandra alexis alfie alfred ali alice alicia alina alison alistair aliyah allan alvin
    alyssa amanda amara amber amelia amelie amina amir amy ana anais andre andrea andrei andrew andrzej andy angela
    angelica angie angus anil anita anjali ann anna annabel annalise anne annette annie anthony anton antonia anya
    aoife arabella archibald archie ariana arjun arlo arron arthur asha ashlee ashleigh ashley ashlyn ashraf ashton
    asif ava ayaan ayan ayesha bailey barbara barney barry beatrice becky bella ben benjamin benji benny bernard
    bernie bertie beth bethan bethany betty bev beverley bilal bill billy blake bobby bradley bradly brandon brenda
    brendan brett brian bridget britney brody bronagh bronte brooke bruce bryan bryony byron caitlin caitlyn caleb
    callan callie callum cameron candice caoimhe cara carl carla carlos carly carol caroline carolyn carrie casey
    casper cassie catherine cathy catriona cecil cedric celia cerys chad chantelle charlene charles charley charlie
    charlotte charmaine chelsea chelsie cheryl chidi chinedu chloe chris chrissie christian christina christine
    christopher ciara cillian cindy claire clara clare clarissa claudia clint clinton clive coby cody colette colin
    connie connor conor conrad constance cora corey courtney craig curtis cyril daisy dale damian damien damon dan
    dana danica daniel danielle danny danyal darcey darcie darcy darius darren darryl dave davey david davie davy
    dawid dawn dean deana debbie deborah debra declan deepa delia delilah della delroy demi denis denise dennis
    denzel derek derrick desiree desmond dexter diana diane dillon dina dionne dolly dom dominic donald donna
    donovan doris dorothy doug douglas duane duncan dwayne dwight dylan ebony eddie edgar edith edmund edna edward
    edwin effie eileen eilidh elaine eleanor elena eli elias elif elijah elin elise elisha eliza elizabeth ella
    ellen ellie elliot elliott ellis elodie eloise elouise elsa elsie elton emeka emilia emilie emily emir emma
    emmanuel emmie eoin eric erica erin ernest ernie errol esme esmee esther ethan ethel eugene eva evan eve evelyn
    evie ewa ewan ewen ezekiel ezra fabian faisal faith farah farai fatima fatuma felicity felipe felix femi fergus
    fernando filip finlay finley finn finnley fiona fionn florence floyd folake fran frances francesca francis frank
    frankie fraser fred freda freddie freddy freya gabby gabriel gabriella gaby gareth garry gary gavin gaynor gemma
    geoff geoffrey george georgia georgie georgina gerald gerard gerry gethin gilbert giles gillian gina ginny glen
    glenn gloria glyn gordon grace gracie graeme graham grayson greg gregory greta greyson gurpreet gus gwen gwyneth
    halima halle hallie hamid hamish hamza hana hanna hannah harley harold haroon harpreet harriet harriette
    harrison harry harun harvey hassan hattie hayden hayley hazel heather hector heidi helen helena henrietta henry
    herbert hermione hettie hilary hilda hiroshi hodan holly howard howie hugh hugo humphrey hussain huw iain ian
    ibby ibrahim idris ifan ifrah iman imogen imran ines ingrid ioan ioana iona irena irene irfan iris isaac isabel
    isabella isabelle isaiah isha ishmael isla ismail isobel issa issac ivan ivor ivy iwan jack jackie jackson jacob
    jacqueline jacqui jade jaden jadon jai jaiden jake jakub jamal jameel james jamie jan jana jane janet janice
    jared jarvis jasmin jasmine jason jasper jaspreet javed javier jax jaxon jay jayce jayda jayden jaydon jaylen
    jayne jazmin jean jeanette jed jeff jeffrey jemima jenna jenni jennifer jenny jenson jeremy jermaine jerome
    jerry jess jessica jessie jez jill jim jimmy jo joan joanna joanne jodie joe joel joely joey john johnathan
    johnnie johnny jolene jon jonathan jonny jordan jorja joseph josephine josh joshua josiah josie joyce juan jude
    judith judy julia julian julie juliet juliette junaid june justin kacper kai kaiden kaitlyn kaleb kallum kamal
    kane kara kareem karen karim karina karl karol kasey kashif kasia kate katherine kathleen kathryn kathy katie
    katrina katy kaya kayden kayla kaylah kaylee kayleigh keegan keeley keely keira keith kelly kelsey kelvin ken
    kenneth kenzie kerri kerry kevin keziah khadija khalid kian kiara kiera kieran kim kimberley kimberly kiran
    kirsten kirstie kirsty kobe kody kofi kris kristian kristina kristopher krystal krystian krzysztof kurt kwabena
    kwame kye kyle kylie kyra lacey lachlan lacie laila lainey lara larry laura lauren laurence laurie lawrence
    layla layton leah leanne lee leighton leila len lena lenny leo leon leona leroy lesley leslie letitia levi lewis
    lexi lexie leyla leyton liam libby lilah lilian lillian lillie lilly lily linda lindsay lindsey linh lionel lisa
    livia liz liza llinos lloyd logan lola lorenzo lorna lorraine lottie louie louis louisa louise lowri lucas lucia
    lucille lucinda lucy luis luka lukasz luke luna luther lydia lyla lyn lynda lyndon lynette lynn lynne lynsey
    mabel macey maciej mackenzie macy maddie maddison madison maeve maggie magnus mahmoud maira mairi maisie maisy
    malcolm malik malika mandy manpreet manuel marc marcel marcella marcia marcie marcin marco marcus margaret
    margot maria mariam marianne marie marilyn marina mario marion marissa marjorie mark marlon marnie marta martha
    martin martina martyn marvin mary maryam mason mateusz matilda matthew matty maureen maurice max maxine maxwell
    maya megan mehmet melanie melissa mervyn mhairi mia micah michael michal michelle mick miguel mike mikey mila
    millie milly milo miranda miriam mitch mo mohamed mohammad mohammed mohsin moira mollie molly monica monique
    monty morag morgan morris muhammad muriel musa mustafa mustapha myla myles myra nabil nadia nadine najma nancy
    naomi nasreen natalia natalie natasha nathan nathaniel naveed nazia ned neha neil neill nell nelly nerys nevaeh
    neville nevin ngozi nia niall niamh nicholas nick nicky nico nicola nicole nicolette nigel nikita nikki niko
    nikola nina noah noel nora noreen norma norman oakley octavia odin oisin oliver olivia oliwia ollie olly omar
    oran orla orlaith oscar osian otis ottilie owain owen pablo paddy paige pam pamela parveen patience patricia
    patrick patryk paul paula pauline paulo pawel pedro penelope penny percy perry pete peter petra phil philip
    philippa phillip phoebe pierre piotr pippa polly pooja poppy priya priyanka quentin rachel rafferty raheem rahul
    rajesh ralf ralph ralphie ramon randall raquel rashid raul ravi raya rayan raymond reagan rebecca rebekah reece
    regan reggie renee reuben rex rhea rhian rhiannon rhodri rhonda rhys ria ricardo ricco richard rick ricki ricky
    riley rita rob robb robbie robert roberto robin robyn rocco rodney rogan roger rohan roisin roland roman romeo
    romy rona ronald ronan ronnie ronny rory rosa rosalind rosanna rose rosemary rosie ross rowan roxanne roxy roy
    ruaridh ruben ruby rudi rudy rufus rukhsana rupert russell ruth ryan sabrina sadia sadie saffron sagal saira
    sajid salim salina sally salma salman sam samantha samir samira sammy samuel sandra sanjay saoirse saqib sara
    sarah saskia saul savannah scarlett scot scott seamus sean sebastian selena selina serena sergio seth shabana
    shahid shakira shane shanice shaniqua shannen shannon shantelle sharon sharron shaun shauna shayla shayne sheila
    sheldon shelley sherri sherry sheryl shirley sian sid sidney sienna silas simeon simon simone simran sinead
    siobhan sion sioned skye skyla skylar sofia sonia sonja sonny sophia sophie stacey stacie stacy stan stanley
    stefan steffan stella steph stephanie stephen steve steven stevie stewart stuart sue suki sumaya summer sunil
    sunita susan susanna susannah suzanne suzie sybil syed sylvia szymon tabitha talia tallulah tamara tamsin tania
    tanisha tanya tara tariq tasha tayla tayler taylor tayo ted teddy tegan temi tendai teresa terri terry tess
    thelma theo theodora theodore theresa thomas tia tiana tiegan tiffany tillie tilly tim timmy timothy tina tobias
    toby todd tom tomasz tommy tomos toni tony tracey tracy travis trent trevor trish tristan troy trudy tunde tyler
    tyra tyreese tyrell tyrone uma umair umar ursula usman valarie valentina valerie vanessa vera verity vernon
    veronica vicki vicky victor victoria vijay vikas vikki vikram vince vincent vinny violet viv vivian vivienne
    walter wanda waqas wasim wayne wendy wes wesley wiktoria wilbur wilf wilfred will willem william willow wilma
    winifred winnie winston wojciech xanthe xavier yasir yasmin yasmine yolanda younis yuri yusef yusra yusuf yvette
    yvonne zac zach zachariah zachary zachery zack zahra zain zainab zak zakariya zaki zane zara zayn zaynab zeeshan
    zeke zelda zena zeynep zoe zofia zubair zuzanna"""
)
"""First names that are common in the United Kingdom: they make a name of words that would be none."""

DOUBTFUL = _set(
    """alexis angel anton art austin bill blake bobby brooke byron chase chelsea christian constance dale dawn dean
    dolly eden ellis eve faith florence francis frank gene georgia grace grant hazel heather holly hugh iris ivy
    jack jade jasmine jerome jersey jo joy jude june justin karol lane laurie lee lily lionel lloyd lola london
    lorraine luna mark martin mason max may mercedes miles milo morris murray nelson noah noel norman oakley olive
    pearl penny perry philip pippa poppy ralph ray rob romeo rose rosemary rowan ruby ruth saffron sage scarlett
    scot skye sonny sterling stewart summer taylor teddy terry tiffany todd tony troy vernon victoria vince violet
    walter wayne will willow winston"""
)
"""First names that are words, surnames or places as well: alone they say little."""

NO_NAMES = _set(
    """a about abuse academic academy accommodation according act action activities activity added adolescents
    adoption adults advice adviser advisers advocate after age aged agencies agency agenda all also although an
    analysis and anglia annual anybody anyone appendix april are area article as assessment assistant asylum at
    attachment attendees august authorities authority autumn avenue award babies band based bath because before
    beyond bill birth board book borough both boys bradbury brief briefing bristol britain british brothers bulletin
    bureau business by cafcass cambridge candidates care care-leavers carers case cases central centre chair chapter
    chief child childhood children christmas circular citizens civic class clerk close coffee cohort cohorts
    colleagues college commission commissioner committee common community conference consortium consultant
    coordinator core cornwall council councils county course court crescent crime crown cycle dads daughters day
    days december degree delegates department departments deputy design developing development devon diagram
    director directors disability disabled discussion district division doctor domestic dorset dr drive during each
    early east easter education effective efficiency eight eighteen eleven emergency england english enquiries
    enquiry europe european evaluation every everybody everyone evidence example exercise exeter experiential
    explore facilitator facilitators fact factors families family fathers february feedback few field fifteen figure
    findings first five focus for forum foster foundation four framework free friday from fund further general
    genogram girls given gloucestershire good government grammar grandparents green group groups guardian guidance
    guide half hall handbook handout hard head heads health her high his home homes hospital hotel house how however
    human if important improvement in independent infant infants information initial inquiry inspection inspectors
    institute integrated international intervention interventions interviewees introduction ireland is it january
    joint journal july june junior juniors key kids kingdom knowledge lads lane law lead leader leaders leadership
    leading learning leavers lecturer legal lesson lessons level library life line list literature little local
    london londoners looked lunch mainstream making management manager managers many march may medical meeting
    meetings member members mental mentor mentoring mentors method middle midlands migrants minutes model models
    module monday month months more most mothers mums national neglect network new next nine no nobody non none
    north northern not note notes november number nursery nurses nursing october of office officer officers ofsted
    on one only open option or order other others our out outcomes outline overview oxford pack page paper papers
    paragraph parent parenting parents park parliament part participants partner partners partnership people
    performance person persons perspective phase pilot place placement plan planning plans plenary police policy
    post practice practitioner practitioners preparation presentation presenter presenters press preview primary
    principal principles prison problem process professional professor programme progress project promoting
    protection psychology public publications publishing pupil pupils quality question questions reader reading
    reception recommendation recommendations record recording records reference references reflection reflective
    refugees regional registration regulations relatives report reports research researcher residential residents
    resource resources respect respondents response review reviewing reviews rights risk risks road room round royal
    safeguarding safety sage said saturday says school schools science scotland scottish secondary secretary section
    sector seekers senior september serious service services session sessions set sets seven several short siblings
    signs since sisters six skills social society solutions some somebody someone somerset sons source south special
    specialist specific staff stage stages standard standards star start state statement statistics statutory step
    steps story strategic strategies strategy street strengthening student students study summary summer sunday
    supervision supervisor supervisors support supporting survey survivors sweden swindon system systemic systems
    table target task taunton tea teacher teachers team teams teenagers ten term test text that the their theme
    themes then theory there these they thinking third this those three thursday time times to toddlers together
    tool toolkit tools topic topics total toward towards trainer training transfer treatment trust tuesday tweens
    twelve twins two under understanding uni union unit united university until update use users using version views
    violence virtual voice volume volunteer wales walk walking ward wards way ways we wednesday week weeks welcome
    welfare west western what when where whether which while who why wiltshire winter with women work worker workers
    workforce working workshop workshops world year years york you young youngsters your yours youth"""
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
    """academy access accessibility admin administration administrator adoption adviser apir bookings bulletin
    business cafcass care careers cares chair childcare children childrens clerk commissioning committee
    communications complaints conference contact contracts coordinator corporate council councillors customer
    customerservices cwdc data democratic desk development digital director dpo duty early editor editors edt
    education emergency enquiries enquiry events facilitator facilitators families family feedback fis foi
    fostering front git governance hello help helpdesk helpline hotline hr hub info infogov information inspection
    intake it ithelp jobs lado learning legal library lscb lscp mail mailbox manager marac mash media mentoring
    mentors noreply notifications office ofsted panel participation partnership performance permissions planning
    policy post postmaster press privacy programme project protection publications quality reception records
    recruitment referral referrals reply research review reviewing safeguarding sales school screening security
    service services set site social sset standards strategy supervision support switchboard team training
    vacancies web webmaster website webteam welfare work worker workers workforce youth"""
)
"""Words of which the mailboxes of roles, teams and services are made."""
