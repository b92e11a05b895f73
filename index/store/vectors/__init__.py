"""The vectors, in Chroma. The only package that imports chromadb."""
