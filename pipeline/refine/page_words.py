"""What pages that are no article say, in English, German, French, Spanish, Italian; a little Dutch and Portuguese."""

from __future__ import annotations

import re


def _said(*wordings: str) -> re.Pattern[str]:
    return re.compile("|".join(wordings), re.IGNORECASE | re.DOTALL)


CHALLENGE = _said(
    r"just a moment\.\.\.|attention required! \| cloudflare|verify(?:ing)? (?:that )?you are (?:a )?(?:human|not a)",
    r"are you a robot|you[’']?(?:re| are) not a (?:ro)?bot|made us think you were a bot|slide to verify",
    r"confirm (?:that )?you are (?:a )?human|(?:human|robot) verification|(?:complete|solve) (?:the|this|a) captcha",
    r"robot check|enable javascript and (?:cookies|disable)|enable js and disable any ad blocker",
    r"(?:check|verify)ing your browser|unusual traffic from your|pardon our interruption|security checkpoint",
    r"access to this page has been denied|request unsuccessful\. incapsula|website firewall",
    r"access denied.{0,400}reference (?:#|id)",
    r"(?:security of your|sicherheit (?:ihrer|deiner)|sécurité de votre|seguridad de (?:su|tu|la)"
    r"|sicurezza della(?: tua)?|segurança da(?: sua)?|beveiliging van (?:je|uw)) "
    r"(?:connection|verbindung|connexion|conexión|connessione|conexão|verbinding)",
    # German
    r"(?:sie|ich|du) (?:bin |bist )?kein (?:ro)?bot|(?:sind sie|dass sie|ob sie|bist du|ich bin) (?:ein )?mensch",
    r"(?:browser|verbindung) wird (?:gerade )?(?:über)?prüft|(?:über)?prüfen (?:gerade )?(?:ihren|deinen) browser",
    r"ungewöhnlich\w* (?:viele |hohe )?(?:anfragen|zugriffe|aktivität|datenverkehr)|sicherheits(?:über)?prüfung",
    r"aktivieren sie (?:bitte )?javascript",
    # French
    r"(?:vous n[’']êtes|je ne suis) pas un robot|êtes[- ](?:vous )?(?:bien )?(?:un )?(?:être )?humain",
    r"(?:activité|trafic) inhabituel|vérification de (?:sécurité|votre (?:navigateur|connexion))",
    r"(?:veuillez )?active[rz] javascript",
    # Spanish, Portuguese
    r"(?:no (?:es|eres|soy)|não (?:é|sou)) um? (?:robot|robô)|(?:es|eres|é) (?:un )?(?:ser )?humano\b",
    r"(?:verifi|confirm|demuestr)\w+ que (?:usted |tú )?(?:es|eres) una persona",
    r"(?:actividad|tráfico) inusual|tráfego incomum|verificación de seguridad|verificação de segurança",
    r"(?:comprobando|verificando) (?:que|si|su|tu|seu|la (?:seguridad|conexión))|(?:habilit[ae]|activ[ae]) javascript",
    # Italian, Dutch
    r"non (?:sei|è|sono|sia) un robot|(?:sei|sia) (?:un )?(?:essere )?umano|traffico (?:insolito|anomalo)",
    r"verifica di sicurezza|(?:controllando|verificando|controllo|verifica)\b.{0,30}(?:browser|connessione)",
    r"(?:attiva(?:re)?|abilita(?:re)?) javascript|geen robot|ongebruikelijk(?:e)? (?:verkeer|activiteit)",
)

# Of a page's title or heading.
ERROR = _said(
    r"\b(?:404|403|410|500|502|503)\b.{0,30}\b(?:error|not found|forbidden|gone)",
    r"\b(?:error|fehler|erreur|errore|fout|erro)\s(?:40[0134]|410|50[0234])\b",
    r"page (?:not found|can[’']t be found|unavailable)|not found\b.{0,5}$|access denied",
    r"^\W*(?:error|fehler|erreur|errore|erro|fout)\s*(?:$|[|–-])|bad gateway|service unavailable|internal server error",
    r"seite (?:wurde |konnte |ist )?(?:leider )?nicht (?:gefunden|vorhanden|verfügbar)|seite existiert nicht",
    r"page (?:est )?(?:introuvable|non trouvée|inexistante)|page (?:demandée )?n[’']existe",
    r"página no (?:se )?(?:ha sido )?(?:encontrad[ao]|existe|disponible)",
    r"no (?:se )?(?:ha |hemos )?enc\w+ (?:la|esta) página",
    r"pagina non (?:è )?(?:stata )?(?:trovata|disponibile|esiste)|pagina inesistente",
    r"pagina (?:is |bestaat )?(?:helaas )?niet(?: gevonden| beschikbaar| meer|\b)",
    r"página não (?:foi )?(?:encontrada|existe)",
)

# Of a page that says nothing else.
NOTHING_HERE = _said(
    r"(?:no longer|not|isn[’']t|currently un)\s*available "
    r"(?:in your (?:country|region|location|area)|on this site|here)",
    r"(?:page|article|story|content|video) (?:is|has been|was) (?:no longer available|removed|unavailable)",
    r"down for (?:scheduled )?maintenance|we(?:[’']ll| will) be (?:right )?back (?:soon|shortly)",
    r"(?:this )?domain (?:name )?(?:may be|is) (?:for sale|parked)|client-side exception",
    r"something went wrong|temporarily unavailable|an? (?:unexpected )?error (?:has )?occurred",
    r"page (?:that )?you (?:are|were) looking for",
    # German
    r"(?:artikel|beitrag|inhalt|seite|video) (?:ist |wurde |steht )?(?:leider )?"
    r"(?:nicht (?:mehr )?(?:verfügbar|zur ver)|entfernt|gelöscht)",
    r"wartungsarbeiten|(?:gleich|bald) wieder (?:für sie )?da",
    r"etwas (?:ist )?schief\s?gelaufen|ein fehler (?:ist )?aufgetreten",
    r"(?:derzeit|momentan|vorübergehend|in ihr\w+ (?:land|region)) nicht (?:erreichbar|verfügbar)",
    r"konnte (?:leider )?nicht (?:geladen|angezeigt|aufgerufen) werden",
    # French
    r"impossible d(?:e |[’'])(?:charger|afficher|trouver|accéder)",
    r"(?:article|contenu|page|vidéo) n[’'](?:est|existe) (?:plus|pas) (?:disponible|en ligne|accessible)?",
    r"(?:temporairement|momentanément) indisponible|(?:en|pour) maintenance",
    r"une erreur (?:est survenue|s[’']est produite)",
    r"(?:in|pas )(?:disponible|accessible) (?:dans|depuis) votre (?:pays|région)",
    # Spanish, Portuguese
    r"(?:artículo|contenido|página|v[ií]deo|conteúdo) (?:ya )?(?:no|não) (?:está|existe|se encuentra)",
    r"(?:estamos )?en mantenimiento|em manutenção|algo (?:ha )?(?:ido mal|salido mal|salió mal|fall\w+)",
    r"ha ocurrido un error|no (?:hemos podido|se ha podido|se pudo) (?:cargar|mostrar|abrir)",
    r"(?:temporalmente|temporariamente) (?:no disponible|indisponível)|no disponible en (?:su|tu) (?:país|región)",
    # Italian
    r"(?:articolo|contenuto|pagina|video) (?:richiest[oa] )?non (?:è )?(?:più )?(?:disponibile|esiste)|in manutenzione",
    r"impossibile (?:caricare|trovare|visualizzare)",
    r"qualcosa è andato storto|si è verificato un errore|temporaneamente (?:non disponibile|non raggiungibile)",
)

CONSENT = _said(
    r"before you continue|we (?:value|care about) your privacy|accept (?:all )?cookies|cookie (?:consent|preferences)",
    r"we and our (?:\d+ )?partners|manage (?:your )?(?:consent|privacy)|consent to (?:the |this )?(?:use|processing)",
    r"personali[sz]ed (?:ads|advert\w+)|personalisierte (?:werbung|anzeigen)|publicités? (?:ciblée|personnalisée)",
    r"(?:publicidad|anuncios) personalizad|(?:annunci|pubblicità) personalizzat|(?:traceurs|cookies) publicitaires",
    # What every language says of it: cookies, and whose or where.
    r"\bcookies?\b.{0,200}(?:partner|partenaire|socios|device|gerät|appareil|dispositiv|apparaat|persona)",
    # German
    r"wir und (?:unsere|bis zu) (?:\d+ )?partner|alle(?:n)? (?:cookies )?(?:akzeptieren|zustimmen|annehmen)",
    r"(?:cookies|tracking|werbung) (?:akzeptieren|zustimmen)|(?:ihre|deine) (?:einwilligung|privatsphäre)",
    r"einwilligen und|(?:weiter)?lesen mit werbung|pur[- ]abo",
    # French
    r"continuer sans accepter",
    r"(?:tout|accepter) (?:accepter|refuser|les cookies|tous les cookies|et (?:continuer|fermer))",
    r"nous et nos (?:\d+ )?partenaires|nos (?:\d+ )?partenaires et nous|votre (?:vie privée|consentement)",
    # Spanish, Portuguese
    r"(?:aceptar|rechazar|aceitar) (?:y |e )?(?:continuar|seguir|suscribirse|todo|todas|todos|las cookies|el uso)",
    r"nosotros y nuestros (?:\d+ )?socios|nós e (?:os )?nossos (?:\d+ )?parceiros",
    r"(?:tu|su|sua) (?:privacidad\w*|consenti\w+)",
    # Italian, Dutch
    r"(?:accetta|rifiuta|continua) (?:e|senza|tutti|tutto|i cookie) ?(?:continua|abbonati|chiudi|accettare)?",
    r"noi e i nostri (?:\d+ )?partner|(?:il|tuo) consenso in qualsiasi|la tua privacy|pubblicità profilata",
    r"wij en onze (?:\d+ )?partners|(?:cookies|alles) accepteren|(?:je|uw|jouw) (?:privacy|toestemming)",
)
CONSENT_TITLE = re.compile(
    r"(?:before you continue\b.{0,40}|we (?:value|care about) your privacy"
    r"|(?:your |manage )?privacy (?:choices|settings)"
    r"|cookie (?:consent|preferences|settings|wall))\W*",
    re.IGNORECASE,
)

# Of a page's title or heading.
LOGIN = _said(
    r"\b(?:log|sign)[\s-]?(?:in|on)\b|\blogin\b|\bauthenticat|\baccess through your\b",
    r"\b(?:anmelde[nr]|anmeldung|einloggen)\b|\bconnexion\b",
    r"\b(?:se connecter|connectez-vous|identifi(?:ez-vous|cation))",
    r"\b(?:inici(?:a|ar|e) (?:de )?sesión|iniciar sessão)\b|\b(?:accedi|accesso|inloggen|aanmelden)\b",
)

PAYWALL = _said(
    r"(?:subscribe|register|sign up|log in|become an? (?:\w+ )?(?:member|subscriber)|start (?:a|your) (?:free )?trial"
    r"|create (?:an|a free|your) account)(?: now| today)? to (?:continue|keep|read|unlock|access|view)",
    r"(?:continue|keep) reading with|(?:already|existing) (?:a )?(?:\w+ )?subscriber|to (?:continue|keep) reading",
    r"this (?:article|content|story|post) is (?:only |exclusively |reserved )*(?:available )?(?:for|to) (?:\w+ )?"
    r"(?:subscribers|members)|(?:unlock|access) (?:this|the full|the whole) (?:article|story)",
    r"subscriber[- ](?:only|exclusive) (?:article|content|story)|limit of free (?:articles|stories)",
    # German
    r"weiterlesen mit|(?:schon|bereits) (?:\w+ )?(?:abonnent|ein abo\b)|abonnent(?:\w|[:*])* (?:und \w+ )?vorbehalten",
    r"(?:nur |exklusiv |ausschließlich )+für (?:\w+ )?(?:abonnent|mitglieder|nutzer)|jetzt weiterlesen\b",
    r"(?:anmelden|registrieren|abonnieren),? (?:um|und) (?:\w+ )*weiter",
    r"(?:möchten|wollen|möchtest) (?:sie|du) (?:diesen|den ganzen|den) "
    r"(?:artikel|beitrag|text) (?:weiter|zu ende|ganz)? ?lesen",
    r"um (?:diesen|den ganzen|den) (?:artikel|beitrag|text) (?:\w+ )?(?:weiter)?(?:zu)?lesen|um weiterzulesen",
    # French
    r"réservée?s? (?:aux|à nos) abonn|déjà abonn",
    r"(?:abonne|inscrive|connecte)z-vous pour (?:lire|continuer|accéder|poursuivre)",
    r"accessibles? (?:aux|à nos) abonn|lire (?:l[’']article|la suite) en (?:intégralité|entier)",
    r"il vous reste \d+ ?% |pour (?:lire la suite|continuer (?:à lire|votre lecture)|poursuivre (?:la|votre) lecture)",
    # Spanish, Portuguese
    r"(?:exclusivo|reservado|sol[oa]|sólo|disponible) para (?:nuestros )?(?:suscriptores|socios)|ya eres suscriptor",
    r"(?:suscríbe(?:te|se)|regístr(?:ate|ese)|inicia sesión) para (?:seguir|continuar|leer)",
    r"para (?:seguir|continuar) leyendo",
    r"(?:exclusivo|conteúdo) para assinantes|já é assinante|para continuar lendo",
    # Italian, Dutch
    r"riservat[oaie] (?:solo )?(?:agli|ai) abbonati|già abbonat[oa]",
    r"(?:abbonati|registrati|accedi) per (?:continuare|leggere)",
    r"per continuare (?:a leggere|la lettura)|alleen voor (?:abonnees|leden)|om (?:verder|dit artikel|alles) te lezen",
)

LIVE_ADDRESS = re.compile(r"/live(?:-?(?:updates?|blog|coverage|news))?/|[/-]live-?(?:updates?|blog|coverage|ticker)\b")
LIVE_TITLE = _said(
    r"^\W*(?:live|liveblog|live-?ticker|(?:en )?direct|en (?:directo|vivo)|(?:in )?diretta|ao vivo)\s*[:|–—-]",
    r"\blive[ -]?(?:updates?|blog|coverage|ticker)\b|[-–—|:]\s*(?:as it happened|live)\W*$",
    r"\b(?:en (?:directo|vivo|direct)|(?:la|in) diretta|minuto (?:a|per) minuto|minute par minute|ao vivo)\W*$",
)
# An hour of the day, or how long ago, and no other word.
CLOCK = re.compile(
    r"(?:um |à |alle |a las )?\d{1,2}(?:[:.]|\s?[hH]\s?)\d{2}(?::\d{2})?(?:\s?(?:uhr|h|[ap]\.?m\.?))?(?:\s[A-Z]{2,4})?"
    r"|\d{1,2}\s?(?:h|hrs?|hours?|min|mins|minutes?) ago|vor \d{1,2} (?:min|stunde)\w*|il y a \d{1,2} ?(?:min|h)\w*"
    r"|hace \d{1,2} (?:min|hora)\w*|\d{1,2} (?:minut[oi]|or[ae]) fa",
    re.IGNORECASE,
)

LISTING_ADDRESS = re.compile(
    r"/(?:tags?|topics?|categor(?:y|ies)|authors?|sections?|search|archives?|autor(?:en|es)?|auteurs?|autori|thema|themen"
    r"|schlagwort|suche|sujets?|rubriques?|recherche|etiquetas?|temas?|secciones|buscar|argomenti|sezioni|ricerca)(?:/|$)"
)
LISTING_TITLE = re.compile(
    r"(?:search results|suchergebnisse|résultats (?:de|pour)|resultados (?:de|para)|risultati (?:della|per))\b",
    re.IGNORECASE,
)
