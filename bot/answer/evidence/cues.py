"""Words that turn a fact into something else: hedges, plans, quantities, causes, superlatives, in four "
"languages."""

from __future__ import annotations

import re

from bot.answer.evidence.wording import Classes, classes, pattern

UNCERTAIN = classes(
    en="may,might,could,not rule out,not ruled out,not exclude,perhaps,maybe,possibly,possible,probably,"
    "probable,likely,apparently,allegedly,alleged,alleges,"
    "reportedly,suspect*,believe,believes,believed,think,thinks,thought,presumabl*,rumour*,rumor*,potential*,"
    "appears to,"
    "appear to,appeared to,seem,seems,seemed,if,unless,whether,accus*,estimate*,estimated,fear,fears,feared,"
    "unclear,"
    "provided that,only if,as long as,on condition,"
    "uncertain,unconfirmed,not yet known,doubt*,charged with,in theory",
    nl="misschien,niet uit,niet uitgesloten,mogelijk*,waarschijnlijk*,wellicht,zou,zouden,kan,kunnen,lijkt,"
    "lijken,vermoed*,vermoedelijk*,"
    "naar verluidt,verdacht*,indien,mits,op voorwaarde,"
    "of het,staat nog niet vast,beschuldig*,denkt,denken,schat*,vreest",
    de="vielleicht,nicht aus,nicht ausgeschlossen,möglich*,wahrscheinlich*,womöglich,könnte*,dürfte*,soll,"
    "sollen,mutmaßlich*,vermutlich*,offenbar,"
    "angeblich*,scheint,scheinen,verdächtig*,vermut*,falls,sofern,vorausgesetzt,ob,glaubt,glauben,schätz*,befürcht*",
    es="quizá*,no descart*,tal vez,posible*,probable*,podría*,pudo,puede,pueden,presunt*,supuest*,al parecer,"
    "parece*,sospech*,"
    "acus*,cree,creen,estim*,teme,temen,si no,siempre que,a condición,habría*,sería*",
)
"""It may be so: what is told under such a word must not be told as a fact."""

INTENDED = classes(
    en="plan to,plans to,planned to,planning to,plans for,intend*,hope to,hopes to,hoped to,hope for,hopes for,"
    "hoped for,want,wants,wanted,aim to,aims to,propos*,consider*,threaten*,promis*,offer*,demand*,call for,"
    "calls for,"
    "called for,ask for,asked for,asked to,request*,urge*,should,must,try to,tries to,tried to,vow*,pledg*,"
    "predict*,forecast*",
    nl="wil,willen,wilde,plan,plannen,van plan,hoopt,hopen,hoopte,eist,eisen,vraagt,vroeg,overweeg*,beloof*,"
    "beloof,moet",
    de="will,wollen,wollte*,plant,planen,geplant,beabsichtig*,hofft,hoffen,forder*,erwäg*,versprach,versprech*,"
    "muss",
    es="quiere*,quería*,planea*,espera*,pretend*,exig*,pid*,propon*,propus*,promet*,debe*",
)
"""Somebody means it to be so, which doesn't make it so."""

FUTURE = classes(
    en="will,would,shall,won't,going to,expected to,due to,set to,about to,scheduled,is to,are to,was to,were to,"
    "expects,expected",
    nl="zal,zullen,gaat,gaan,wordt verwacht,verwacht,volgende,binnen",
    de="wird,werden,soll,sollen,voraussichtlich,rechnet",
    es="va a,van a,será,serán,*rá,*rán,prevé",
)
"""It is yet to happen."""

FUTURE_TOO = pattern("soll,sollen,zou,zouden")
"""What tells of plans as well as of rumours."""

PAST = classes(
    en="was,were,has,have,had,did,*ed",
    nl="werd,werden,heeft,hebben,had,hadden,ging,was,waren",
    de="wurde,wurden,hat,haben,hatte,hatten,war,waren,ist",
    es="fue,fueron,ha,han,había,*ó,*aron,*ieron",
)

ALL = classes(
    en="all,every,each,everyone,everybody,everything,entire,entirely,whole,always,fully,completely,everywhere",
    nl="alle,iedereen,elk,elke,ieder,iedere,hele,gehele,altijd,volledig*,allemaal",
    de="alle,allen,aller,jede,jeder,jedes,jeden,ganze,ganzen,gesamte*,immer,vollständig,sämtliche*",
    es="todo,todos,toda,todas,cada,entero,entera,siempre,completamente",
)
MOST = classes(
    en="most,majority,mostly,mainly,largely,nearly all,almost all,nearly every,almost every",
    nl="meeste,merendeel,meerderheid,grotendeels,bijna alle",
    de="meisten,meiste,mehrheit,größtenteils,großteil,fast alle",
    es="mayoría,mayor parte,casi todos,casi todas",
)
SOME = classes(
    en="some,a few,few,part of,partly,partially,half,one of,up to half",
    nl="sommige,enkele,enige,een deel,deels,gedeeltelijk,helft",
    de="einige,manche,wenige,ein teil,teilweise,hälfte",
    es="algunos,algunas,pocos,pocas,parte de,parcialmente,mitad",
)
ONLY = classes(
    en="only,solely,exclusively,except,except for",
    nl="alleen,slechts,enkel,uitsluitend,behalve",
    de="nur,ausschließlich,lediglich,außer",
    es="solo,sólo,solamente,únicamente,excepto,salvo",
)
NEGATING = classes(
    en="deny,denies,denied,denying,refuse to,refuses to,refused to,refusing to,fail to,fails to,failed to,"
    "unable to,"
    "decline to,declines to,declined to,ruled out,rules out,rule out,prevent*,avoid*,instead of,rather than,"
    "far from,doubt*,lack,lacks,lacked,stopped short of",
    nl="ontken*,weiger*,in plaats van,voorkom*,sluit uit,uitgesloten,betwijfel*",
    de="bestreit*,bestritt,leugnet*,weiger*,statt,anstatt,verhinder*,ausgeschlossen,bezweifel*",
    es="niega*,negó,negaron,en lugar de,evit*,impid*,descart*,dud*",
)
"""What follows is denied, though no negation stands there."""

ENDING = classes(
    en="cancel*,ban,bans,banned,prohibit*,forbid*,reject*,disput*,disagree*,lack*,clos*,stop*,halt*,end,ended,if,"
    "lowest,suspend*,abandon*,dismiss*,free of,oppos*,expired,exclud*,first time",
    nl="geannuleerd*,verbod*,verbied*,verworpen,dicht,gesloten,gestopt,indien,laagste,oneens,afgelast*",
    de="abgesagt*,verbot*,verbiet*,gesperrt,geschlossen,gestoppt,falls,niedrigst*,abgelehnt,aufgehoben",
    es="cancel*,prohib*,prohíb*,rechaz*,cerrad*,suspend*,si,más bajo",
)
"""What the same may be told by with a denial: sailings that are cancelled don't take place."""

CAUSE = classes(
    en="because,due to,owing to,thanks to,caused,causes,cause,as a result,result of,resulting,therefore,led to,"
    "leads to,"
    "so that,triggered,hence,consequently,prompted,by causing,on account of,since it,forced by,that is why,"
    "blamed on",
    nl="omdat,doordat,door toedoen,veroorzaakt*,vanwege,wegens,dankzij,daardoor,daarom,leidde tot,als gevolg,want",
    de="weil,wegen,aufgrund,verursacht*,dank,deshalb,daher,dadurch,führte zu,infolge,denn",
    es="porque,debido a,a causa de,por culpa de,causó,causad*,provocó,provocad*,gracias a,por eso,ya que",
)
GROUNDS = classes(
    en="because,due,owing,thanks,caus*,result*,therefore,led,lead,leads,so,triggered,prompted,blam*,since,as,"
    "reason*,"
    "why,forced,explain*,attribut*,link*,linked,trac*,for lack",
    nl="omdat,doordat,door,oorza*,veroorza*,vanwege,wegens,dankzij,daardoor,daarom,leid*,gevolg*,want,reden*,"
    "wijt*",
    de="weil,wegen,aufgrund,verursach*,grund,gründe,dank,deshalb,daher,dadurch,führ*,folge*,denn,da,durch,zurück",
    es="porque,debido,causa*,culpa,caus*,provoc*,gracias,por,ya que,raz*,motivo*",
)
"""What may lie behind a cause in other words."""

SUPERLATIVE: Classes = {
    "en": re.compile(
        r"\b(?:best|worst|record|unprecedented|historic|ever|(?:the|its|his|her|their) (?:most|least) \w+|"
        r"(?!(?:for|inter|prot|requ|arr|w|t|gu|harv|cont|inv|hon|mod|r|qu|n|p|v|y|j|z|digit|manif|sugg|cr|"
        r"unr)est\b)"
        r"(?!interest|protest|request|latest|earliest\b)\w{3,}est)\b",
        re.IGNORECASE,
    ),
    "nl": re.compile(
        r"\b(?:record|ooit|ergste|beste|(?!eerste|laatste|achtste|\w+tigste|naaste|juiste|vaste|\w*kunst|rest)"
        r"(?:groot|hoog|laag|klein|oud|jong|zwaar|lang|snel|slecht|duur|belangrijk|erg|mees)\w*ste)\b",
        re.IGNORECASE,
    ),
    "de": re.compile(
        r"\b(?:rekord\w*|jemals|schlimmste\w*|beste[nrsm]?|(?:größ|höch|niedrig|klein|ält|jüng|schwer|läng|"
        r"schnell|"
        r"schlecht|teuer|wichtig|mei)\w*ste[nrsm]?|größte[nrsm]?)\b",
        re.IGNORECASE,
    ),
    "es": re.compile(
        r"\b(?:récord|jamás|histórico|peor|mejor|(?:el|la|los|las|su|sus) (?:\w+ ){0,2}más \w+)\b", re.IGNORECASE
    ),
}

FIRM = classes(
    en="certainly,definitely,undoubtedly,surely,proved,proven,proves,proof,clearly,obviously",
    nl="ongetwijfeld,bewezen,bewijst",
    de="sicherlich,zweifellos,bewiesen,beweist",
    es="sin duda,seguramente,demostrado,probado",
)
"""It is surely so, which a sentence may say only if its evidence does."""
