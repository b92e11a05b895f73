"""What ``newsdesk setup`` says."""

WELCOME = (
    "Each answer is tried at once and then written to {file}. Enter takes what stands in brackets, - takes a "
    "setting out, Ctrl-C ends; what is written by then stays."
)
NO_TERMINAL = (
    "newsdesk setup asks questions, and nobody is there to answer: this is no terminal. Write the settings to "
    ".env yourself: .env.example has them all, docs/models.md the lines for each server. The most common ones are "
    "NEWSDESK_CHAT_MODEL, NEWSDESK_CHAT_BASE_URL, NEWSDESK_CHAT_API_KEY, NEWSDESK_EMBEDDING and "
    "NEWSDESK_DISCORD_TOKEN. newsdesk doctor --models tries them."
)

CHAT = "The chat model, which writes answers. Without one, they quote the articles, which costs nothing."
CHAT_MODEL = "Model, as openai:gpt-5-mini, or its name at a server of yours"
CHAT_ADDRESS = "Address of your server, as http://127.0.0.1:11434/v1; none for the provider's own"
CHAT_KEY = "Key; none if the server needs none"

EMBEDDING = "The embedding model, which finds passages. e5-small is built in, and good in most languages."
EMBEDDING_MODEL = "Model, as openai:text-embedding-3-small, or its name at a server of yours"
EMBEDDING_ADDRESS = CHAT_ADDRESS
EMBEDDING_KEY = CHAT_KEY

DISCORD = "The bot in Discord. docs/discord.md says where its token comes from; without one, ask here."
TOKEN = "Token"

TRYING = "Trying {what} ..."
QUOTING = "No chat model: answers quote the articles."
NO_BOT = "No token: newsdesk run needs one, the other commands don't."
LOGGED_IN = "This is {name}. To invite it: {invitation}"
MOVED = "{name} is set to that."
AGAIN = "Change it? Otherwise it is kept as it is"
EMBEDDED_ANEW = "If articles are indexed already, embed them anew: newsdesk rebuild"
OVERRULED = "{names} in the environment wins over the file. Take it out there."
WRITTEN = "Written to {file}."
UNCHANGED = "Nothing has changed in {file}."
NEXT = "Next: newsdesk index FOLDER, then newsdesk ask, or newsdesk run for Discord."
UNFINISHED = "Not everything works yet. Once it should: newsdesk doctor --models, or newsdesk setup again."
STOPPED = "Stopped. {file} holds {names} as you set it."
STOPPED_AT_ONCE = "Stopped. Nothing was written."
