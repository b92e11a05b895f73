"""Words that exclude each other: opposites, and kinds of one thing, in English, Dutch, German and Spanish.

As near to closed classes as a language has them: what is not listed passes for a word like any other
(docs/citations.md says what follows from that).
"""

from __future__ import annotations

from bot.answer.evidence.wording import Classes, pattern


def _contrast(**members: str) -> tuple[Classes, ...]:
    """Sides that exclude each other, separated by ``|``, in the same order in each language."""
    sides = {language: listed.split("|") for language, listed in members.items()}
    count = max(map(len, sides.values()))
    return tuple(
        {language: pattern(listed[side]) for language, listed in sides.items() if side < len(listed)}
        for side in range(count)
    )


OPPOSITES: tuple[tuple[Classes, ...], ...] = (
    _contrast(
        en="rise,rises,rose,risen,rising,increas*,grow,grows,grew,grown,growing,growth,climb*,go up,goes up,"
        "went up,"
        "higher,soar*,doubl*,tripl*,up by,surg*|fall,falls,fell,fallen,falling,halv*,drop*,declin*,decreas*,"
        "sink,sinks,sank,shrink,"
        "shrank,shrunk,go down,goes down,went down,lower,plung*,plummet*,down by",
        nl="stijg*,gesteg*,steg*,steeg,groei*,hoger,toegenomen,neemt toe,toename|daal*,gedaald*,zak*,gezakt,"
        "lager,"
        "afgenomen,neemt af,afname,kromp",
        de="steig*,stieg*,gestieg*,wachs*,wuchs,gewachsen,höher,zugenommen,zunahme|sink*,sank,gesunken,fiel*,"
        "fäll*,"
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
    _contrast(en="continu*,goes on,go on,went on|stop*,ended,ceas*,halt*,is over,are over,was over,called off"),
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
    _contrast(
        en="on purpose,deliberate,deliberately,intentional*|accident,accidental*,by mistake,inadvertent*",
        nl="opzettelijk,met opzet|ongeluk,per ongeluk,onopzettelijk",
        de="absichtlich,vorsätzlich|versehentlich,unabsichtlich",
        es="intencionad*,a propósito,deliberad*|accident*,por error,sin querer",
    ),
    _contrast(
        en="surviv*,alive|died,dies,dead,deceased,perished",
        nl="overleef*,leeft nog|overleden,overleed,dood,stierf",
        de="überleb*,lebt noch|gestorben,starb,tot",
        es="sobreviv*,con vida|murió,murieron,muert*",
    ),
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
    _contrast(
        en="safe,safely|unsafe,dangerous,in danger,at risk",
        nl="veilig*|onveilig*,gevaarlijk*,in gevaar",
        de="sicher*|gefährlich*,in gefahr",
    ),
    _contrast(en="maximum,at most|minimum"),
    _contrast(en="majority|minority", nl="meerderheid|minderheid", de="mehrheit|minderheit", es="mayoría|minoría"),
    _contrast(en="public|private", nl="openbaar,openbare|particulier*", es="público*,pública*|privad*"),
)
"""Kinds that exclude each other, denied or not."""
