"""Words whose change turns a claim into another one: opposites, hedges, quantities, causes, in four languages.

Each list is a pattern of alternatives; ``*`` stands for any ending. They are closed classes, or as near as a
language has them: what is not listed passes for a word like any other (docs/citations.md says what follows).
"""

from __future__ import annotations

import re
from collections.abc import Mapping

Classes = Mapping[str, re.Pattern[str]]
"""A pattern for each language (ISO 639-1)."""


def _pattern(words: str) -> re.Pattern[str]:
    alternatives = [re.escape(word.strip()).replace(r"\*", r"\w*") for word in words.split(",")]
    return re.compile(rf"\b(?:{'|'.join(alternatives)})\b", re.IGNORECASE)


def _classes(**words: str) -> Classes:
    return {language: _pattern(listed) for language, listed in words.items()}


def _contrast(**members: str) -> tuple[Classes, ...]:
    """Sides that exclude each other, separated by ``|``, in the same order in each language."""
    sides = {language: listed.split("|") for language, listed in members.items()}
    count = max(map(len, sides.values()))
    return tuple(
        {language: _pattern(listed[side]) for language, listed in sides.items() if side < len(listed)}
        for side in range(count)
    )


OPPOSITES: tuple[tuple[Classes, ...], ...] = (
    _contrast(
        en="rise,rises,rose,risen,rising,increas*,grow,grows,grew,grown,growing,growth,climb*,go up,goes up,went up,"
        "higher,soar*,doubl*,tripl*,up by,surg*|fall,falls,fell,fallen,falling,halv*,drop*,declin*,decreas*,sink,sinks,sank,shrink,"
        "shrank,shrunk,go down,goes down,went down,lower,plung*,plummet*,down by",
        nl="stijg*,gesteg*,steg*,steeg,groei*,hoger,toegenomen,neemt toe,toename|daal*,gedaald*,zak*,gezakt,lager,"
        "afgenomen,neemt af,afname,kromp",
        de="steig*,stieg*,gestieg*,wachs*,wuchs,gewachsen,höher,zugenommen,zunahme|sink*,sank,gesunken,fiel*,fäll*,"
        "gefallen,niedriger,abgenommen,rückgang",
        es="sub*,aument*,crec*,creci*,más alto|baj*,disminu*,ca*ó,cae,cayeron,reduj*,más bajo",
    ),
    _contrast(
        en="profit*,surplus|loss,losses,deficit*",
        nl="winst*,overschot|verlies,verliezen,tekort*",
        de="gewinn,gewinne,gewinns,überschuss|verlust*,defizit*",
        es="beneficio*,ganancia*,superávit|pérdida*,déficit",
    ),
    _contrast(
        en="win,wins,won,winner,winning,victory|lose,loses,lost,loser,losing",
        nl="win*,won,wonnen,gewonnen|verloor,verloren,verlies*",
        de="gewinn*,gewann*,gewonnen,siegt*|verlor*,verlier*",
        es="gan*|perd*,pierd*",
    ),
    _contrast(
        en="open*,reopen*|clos*,shut*",
        nl="open,opent,openen,geopend,heropen*|dicht,sluit*,gesloten,sloot,afgesloten",
        de="offen,öffne*,geöffnet,wiedereröffn*|geschlossen,schließ*,schloss,gesperrt,sperr*",
        es="abr*,abiert*,reabr*|cerr*,cierr*,clausur*",
    ),
    _contrast(
        en="accept*,approv*,passed,passes,adopt*,agreed,endors*|reject*,refus*,turned down,voted down,dismissed",
        nl="aanvaard*,goedgekeurd,keurde goed,aangenomen,akkoord|verworpen,verwierp*,afgewezen,wees af,weiger*",
        de="angenommen,genehmig*,billig*,stimmt* zu|abgelehnt,lehnt* ab,verworfen,verweiger*,zurückgewiesen",
        es="acept*,aprob*,aprueb*|rechaz*,neg*,denegó",
    ),
    _contrast(en="confirm*,admit*,acknowledg*|deny,denies,denied,denying,disput*,contradict*"),
    _contrast(
        en="support*,backs,backed,in favour,in favor,voted for|oppos*,against",
        nl="steun*,gesteund,voorstander*|tegen,tegenstander*",
        de="unterstütz*,befürwort*|gegen,gegner*",
        es="apoy*,a favor|en contra,se opon*,se opus*",
    ),
    _contrast(
        en="begin*,began,begun,start*,launch*|ended,ends,ending,finish*,stop*,ceas*,halt*,conclud*",
        nl="begin*,begon*,begonnen,start*,gestart|eindig*,geëindigd,stop*,gestopt,beëindig*",
        de="begin*,begann*,begonnen,start*|end*,beend*,stopp*,gestoppt,aufgehört",
        es="empez*,empiez*,comenz*,comienz*,inici*|termin*,acab*,finaliz*",
    ),
    _contrast(en="continu*,goes on,went on|stop*,ended,ceas*,halt*"),
    _contrast(en="arriv*|depart*,left,leave,leaves"),
    _contrast(
        en="allow*,permit*|ban,bans,banned,forbid*,forbade,prohibit*,barred",
        nl="toegestaan,toestaan,staat toe,mag,mogen|verbied*,verbood,verboden,verbod",
        de="erlaub*,darf,dürfen|verbiet*,verbot*,untersag*",
        es="permit*,autoriz*|prohíb*,prohib*,veta*",
    ),
    _contrast(en="guilty,convict*|innocent,acquit*", nl="schuldig,veroordeel*|onschuldig,vrijgesproken"),
    _contrast(
        en="kill*,dead,died,dies,death*|wound*,injur*,hurt",
        nl="dood*,gedood*,omgekomen,overleden|gewond*",
        de="tot,tote,toten,getötet*,gestorben|verletz*",
        es="muert*,murió,murieron,mat*|herid*",
    ),
    _contrast(
        en="cheap,cheaper,cheapest|expensive,dearer",
        nl="goedkoper|duurder",
        de="billiger*|teurer*",
        es="barat*|car*",
    ),
    _contrast(en="stronger,strengthen*|weaker,weaken*"),
    _contrast(en="improv*|worsen*,deteriorat*", nl="verbeter*|verslechter*", de="verbesser*|verschlechter*"),
    _contrast(en="legal,legally,lawful|illegal*,unlawful*", nl="legaal|illegaal", de="legal|illegal"),
    _contrast(en="switched on,turned on|switched off,turned off"),
    _contrast(en="resum*|suspend*,postpon*"),
    _contrast(en="hire,hires,hired,hiring,recruit*,appoint*|dismiss,dismissed,fired,sack*,laid off"),
    _contrast(en="succe*|fail*", nl="geslaagd,slaag*|mislukt*", de="gelungen,erfolgreich|gescheitert,scheiter*"),
    _contrast(en="prais*,welcom*|criticis*,criticiz*,condemn*"),
    _contrast(en="arrest*,detain*,jail*|releas*,freed"),
    _contrast(en="impos*,introduc*|lift*,abolish*,scrap*"),
    _contrast(en="import*|export*", nl="invoer*,importe*|uitvoer*,exporte*"),
    _contrast(en="attack*,attacking|defend*"),
)
"""Events that exclude each other; one denied may well be the other."""

KINDS: tuple[tuple[Classes, ...], ...] = (
    _contrast(
        en="at least|at most",
        nl="minstens,minimaal,ten minste|hoogstens,hooguit,maximaal",
        de="mindestens,wenigstens|höchstens,maximal",
        es="al menos,por lo menos,como mínimo|como máximo",
    ),
    _contrast(
        en="before,prior to|after,following",
        nl="voordat,vóór|nadat,na",
        de="bevor,vor|nachdem,nach",
        es="antes|después,tras",
    ),
    _contrast(
        en="north,northern,northward|south,southern,southward|east,eastern,eastward|west,western,westward",
        nl="noord*|zuid*|oost,oosten,oostelijk*|west,westen,westelijk*",
        de="nord*,nörd*|süd*|ost,osten,östlich*|west,westen,westlich*",
        es="norte|sur|este de,al este,oriental*|oeste,occidental*",
    ),
    _contrast(
        en="morning|afternoon|evening|night,overnight",
        nl="ochtend,*ochtend,morgens|middag,*middag|avond,*avond|nacht,*nacht,nachts",
        de="vormittag*|nachmittag*|abend,abends|nacht,nachts",
        es="de la mañana,por la mañana|por la tarde,de la tarde|por la noche,de la noche",
    ),
    _contrast(
        en="spring|summer|autumn|winter",
        nl="lente,voorjaar|zomer|herfst,najaar|winter",
        de="frühling,frühjahr|sommer*|herbst*|winter*",
        es="primavera|verano|otoño|invierno",
    ),
    _contrast(
        en="man,men,boy*|woman,women,girl*", nl="man,mannen|vrouw*", de="mann,männer|frau*", es="hombre*|mujer*"
    ),
    _contrast(en="father,son,brother,husband,uncle|mother,daughter,sister,wife,aunt"),
    _contrast(en="father,mother,parent,parents|son,daughter,sons,daughters,children,child"),
    _contrast(
        en="half|a third,one third|a quarter,one quarter|two thirds|three quarters",
        nl="helft,half|een derde|een kwart|twee derde",
        de="hälfte,halb*|ein drittel|ein viertel|zwei drittel",
        es="mitad|un tercio|un cuarto|dos tercios",
    ),
    _contrast(
        en="twice,double*,doubling|triple*,three times,threefold|halv*",
        nl="twee keer,verdubbel*,dubbel*,tweemaal|drie keer,verdrievoudig*,driemaal|gehalveerd,halveer*",
        de="doppelt*,verdoppel*,zweimal|dreimal,verdreifach*|halbier*",
        es="doble,duplic*,dos veces|triple,triplic*,tres veces",
    ),
    _contrast(en="longer,longest|shorter,shortest", nl="langer,langste|korter,kortste", de="länger*|kürzer*"),
    _contrast(
        en="bigger,biggest,larger,largest,greater,greatest|smaller,smallest",
        nl="groter,grootste|kleiner,kleinste",
        de="größer*,größt*|kleiner*,kleinst*",
    ),
    _contrast(
        en="highest|lowest",
        nl="hoogste|laagste",
        de="höchst*|niedrigst*",
        es="más alto,más alta|más bajo,más baja",
    ),
    _contrast(en="older,oldest|younger,youngest", nl="ouder,oudste|jonger,jongste", de="ältest*|jüngst*"),
    _contrast(en="better,best|worse,worst", nl="beter,beste|slechter,slechtste", es="mejor*|peor*"),
    _contrast(en="faster,fastest|slower,slowest"),
    _contrast(en="early,earlier|late,later", nl="vroeg,eerder|laat,later", de="früh*|spät*"),
    _contrast(en="safe,safely|unsafe,dangerous", nl="veilig*|onveilig*,gevaarlijk*", de="sicher*|gefährlich*"),
    _contrast(en="maximum,at most|minimum"),
    _contrast(en="majority|minority", nl="meerderheid|minderheid", de="mehrheit|minderheit", es="mayoría|minoría"),
    _contrast(en="public|private", nl="openbaar,openbare|particulier*", es="público*,pública*|privad*"),
)
"""Kinds that exclude each other, denied or not."""

UNCERTAIN = _classes(
    en="may,might,could,not rule out,not ruled out,not exclude,perhaps,maybe,possibly,possible,probably,probable,likely,apparently,allegedly,alleged,alleges,"
    "reportedly,suspect*,believe,believes,believed,think,thinks,thought,presumabl*,rumour*,rumor*,potential*,appears to,"
    "appear to,appeared to,seem,seems,seemed,if,unless,whether,accus*,estimate*,estimated,fear,fears,feared,unclear,"
    "uncertain,unconfirmed,not yet known,doubt*,charged with,in theory",
    nl="misschien,niet uit,niet uitgesloten,mogelijk*,waarschijnlijk*,wellicht,zou,zouden,kan,kunnen,lijkt,lijken,vermoed*,vermoedelijk*,"
    "naar verluidt,verdacht*,indien,mits,of het,staat nog niet vast,beschuldig*,denkt,denken,schat*,vreest",
    de="vielleicht,nicht aus,nicht ausgeschlossen,möglich*,wahrscheinlich*,womöglich,könnte*,dürfte*,soll,sollen,mutmaßlich*,vermutlich*,offenbar,"
    "angeblich*,scheint,scheinen,verdächtig*,vermut*,falls,sofern,ob,glaubt,glauben,schätz*,befürcht*",
    es="quizá*,no descart*,tal vez,posible*,probable*,podría*,pudo,puede,pueden,presunt*,supuest*,al parecer,parece*,sospech*,"
    "acus*,cree,creen,estim*,teme,temen,si no,habría*,sería*",
)
"""It may be so: what is told under such a word must not be told as a fact."""

INTENDED = _classes(
    en="plan to,plans to,planned to,planning to,plans for,intend*,hope to,hopes to,hoped to,hope for,hopes for,"
    "hoped for,want,wants,wanted,aim to,aims to,propos*,consider*,threaten*,promis*,offer*,demand*,call for,calls for,"
    "called for,ask for,asked for,asked to,request*,urge*,should,must,try to,tries to,tried to,vow*,pledg*",
    nl="wil,willen,wilde,plan,plannen,van plan,hoopt,hopen,hoopte,eist,eisen,vraagt,vroeg,overweeg*,beloof*,beloof,moet",
    de="will,wollen,wollte*,plant,planen,geplant,beabsichtig*,hofft,hoffen,forder*,erwäg*,versprach,versprech*,muss",
    es="quiere*,quería*,planea*,espera*,pretend*,exig*,pid*,propon*,propus*,promet*,debe*",
)
"""Somebody means it to be so, which doesn't make it so."""

FUTURE = _classes(
    en="will,would,shall,won't,going to,expected to,due to,set to,about to,scheduled,is to,are to,was to,were to,"
    "expects,expected",
    nl="zal,zullen,gaat,gaan,wordt verwacht,verwacht,volgende,binnen",
    de="wird,werden,soll,sollen,voraussichtlich,rechnet",
    es="va a,van a,será,serán,*rá,*rán,prevé",
)
"""It is yet to happen."""

PAST = _classes(
    en="was,were,has,have,had,did,*ed",
    nl="werd,werden,heeft,hebben,had,hadden,ging,was,waren",
    de="wurde,wurden,hat,haben,hatte,hatten,war,waren,ist",
    es="fue,fueron,ha,han,había,*ó,*aron,*ieron",
)

ALL = _classes(
    en="all,every,each,everyone,everybody,everything,entire,entirely,whole,always,fully,completely,everywhere",
    nl="alle,iedereen,elk,elke,ieder,iedere,hele,gehele,altijd,volledig*,allemaal",
    de="alle,allen,aller,jede,jeder,jedes,jeden,ganze,ganzen,gesamte*,immer,vollständig,sämtliche*",
    es="todo,todos,toda,todas,cada,entero,entera,siempre,completamente",
)
MOST = _classes(
    en="most,majority,mostly,mainly,largely,nearly all,almost all,nearly every,almost every",
    nl="meeste,merendeel,meerderheid,grotendeels,bijna alle",
    de="meisten,meiste,mehrheit,größtenteils,großteil,fast alle",
    es="mayoría,mayor parte,casi todos,casi todas",
)
SOME = _classes(
    en="some,a few,few,part of,partly,partially,half,one of,up to half",
    nl="sommige,enkele,enige,een deel,deels,gedeeltelijk,helft",
    de="einige,manche,wenige,ein teil,teilweise,hälfte",
    es="algunos,algunas,pocos,pocas,parte de,parcialmente,mitad",
)
ONLY = _classes(
    en="only,solely,exclusively,except,except for",
    nl="alleen,slechts,enkel,uitsluitend,behalve",
    de="nur,ausschließlich,lediglich,außer",
    es="solo,sólo,solamente,únicamente,excepto,salvo",
)
NEGATING = _classes(
    en="deny,denies,denied,denying,refuse to,refuses to,refused to,refusing to,fail to,fails to,failed to,unable to,"
    "decline to,declines to,declined to,ruled out,rules out,rule out,prevent*,avoid*,instead of,rather than,"
    "far from,doubt*,lack,lacks,lacked,stopped short of",
    nl="ontken*,weiger*,in plaats van,voorkom*,sluit uit,uitgesloten,betwijfel*",
    de="bestreit*,bestritt,leugnet*,weiger*,statt,anstatt,verhinder*,ausgeschlossen,bezweifel*",
    es="niega*,negó,negaron,en lugar de,evit*,impid*,descart*,dud*",
)
"""What follows is denied, though no negation stands there."""

ENDING = _classes(
    en="cancel*,ban,bans,banned,prohibit*,forbid*,reject*,disput*,disagree*,lack*,clos*,stop*,halt*,end,ended,if,"
    "lowest,suspend*,abandon*,dismiss*,free of,oppos*,expired,exclud*",
    nl="geannuleerd*,verbod*,verbied*,verworpen,dicht,gesloten,gestopt,indien,laagste,oneens,afgelast*",
    de="abgesagt*,verbot*,verbiet*,gesperrt,geschlossen,gestoppt,falls,niedrigst*,abgelehnt,aufgehoben",
    es="cancel*,prohib*,prohíb*,rechaz*,cerrad*,suspend*,si,más bajo",
)
"""What the same may be told by with a denial: sailings that are cancelled don't take place."""

CAUSE = _classes(
    en="because,due to,owing to,thanks to,caused,causes,cause,as a result,result of,resulting,therefore,led to,leads to,"
    "so that,triggered,hence,consequently,prompted,by causing,on account of,since it,forced by,that is why,blamed on",
    nl="omdat,doordat,door toedoen,veroorzaakt*,vanwege,wegens,dankzij,daardoor,daarom,leidde tot,als gevolg,want",
    de="weil,wegen,aufgrund,verursacht*,dank,deshalb,daher,dadurch,führte zu,infolge,denn",
    es="porque,debido a,a causa de,por culpa de,causó,causad*,provocó,provocad*,gracias a,por eso,ya que",
)
GROUNDS = _classes(
    en="because,due,owing,thanks,caus*,result*,therefore,led,lead,leads,so,triggered,prompted,blam*,since,as,reason*,"
    "why,forced,explain*,attribut*,link*,linked,trac*,for lack",
    nl="omdat,doordat,door,oorza*,veroorza*,vanwege,wegens,dankzij,daardoor,daarom,leid*,gevolg*,want,reden*,wijt*",
    de="weil,wegen,aufgrund,verursach*,grund,gründe,dank,deshalb,daher,dadurch,führ*,folge*,denn,da,durch,zurück",
    es="porque,debido,causa*,culpa,caus*,provoc*,gracias,por,ya que,raz*,motivo*",
)
"""What may lie behind a cause in other words."""

SUPERLATIVE: Classes = {
    "en": re.compile(
        r"\b(?:best|worst|record|unprecedented|historic|ever|(?:the|its|his|her|their) (?:most|least) \w+|"
        r"(?!(?:for|inter|prot|requ|arr|w|t|gu|harv|cont|inv|hon|mod|r|qu|n|p|v|y|j|z|digit|manif|sugg|cr|unr)est\b)"
        r"(?!interest|protest|request|latest|earliest\b)\w{3,}est)\b",
        re.IGNORECASE,
    ),
    "nl": re.compile(
        r"\b(?:record|ooit|ergste|beste|(?!eerste|laatste|achtste|\w+tigste|naaste|juiste|vaste|\w*kunst|rest)"
        r"(?:groot|hoog|laag|klein|oud|jong|zwaar|lang|snel|slecht|duur|belangrijk|erg|mees)\w*ste)\b",
        re.IGNORECASE,
    ),
    "de": re.compile(
        r"\b(?:rekord\w*|jemals|schlimmste\w*|beste[nrsm]?|(?:größ|höch|niedrig|klein|ält|jüng|schwer|läng|schnell|"
        r"schlecht|teuer|wichtig|mei)\w*ste[nrsm]?|größte[nrsm]?)\b",
        re.IGNORECASE,
    ),
    "es": re.compile(
        r"\b(?:récord|jamás|histórico|peor|mejor|(?:el|la|los|las|su|sus) (?:\w+ ){0,2}más \w+)\b", re.IGNORECASE
    ),
}

FIRM = _classes(
    en="certainly,definitely,undoubtedly,surely,proved,proven,proves,proof,clearly,obviously",
    nl="ongetwijfeld,bewezen,bewijst",
    de="sicherlich,zweifellos,bewiesen,beweist",
    es="sin duda,seguramente,demostrado,probado",
)
"""It is surely so, which a sentence may say only if its evidence does."""


def find(classes: Classes, text: str, language: str | None) -> list[re.Match[str]]:
    """Where words of ``classes`` stand in ``text``; an unknown language is read as English."""
    pattern = classes.get(language or "en")
    return list(pattern.finditer(text)) if pattern else []


def has(classes: Classes, text: str, language: str | None) -> bool:
    """Whether ``text`` has a word of ``classes``; always true in a language without a list, so nothing is refused."""
    return (language or "en") not in classes or bool(find(classes, text, language))
