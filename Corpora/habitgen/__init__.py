"""Writer of the library-desk corpus: chats in which every habit and misspelling was planted at a known rate."""
