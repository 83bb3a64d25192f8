// Writes N chat rows as JSONL: a corpus for time, memory and scratch at scale. Same N and seed, same bytes.
//
//   cc -O2 -o million_rows million_rows.c && ./million_rows OUT.jsonl [N = 10000000] [SEED = 1]
//
// 70 % of the rows are new, 15 % exact copies of an earlier new row (its queue included), 15 % near copies of
// one: a word replaced on the response side, and in one of three near copies a word on the prompt side too.
// A tenth of all copies is drawn from the first thousand new rows, so that some clusters are large (a macro
// reply), the rest evenly from all new rows so far. A row is a function of its number alone: copies are made
// again rather than kept, and memory does not grow with N.
//
// Counts go to standard error: rows, new, exact, near, bytes.

#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { maximumWords = 64, maximumWordBytes = 24, hotRows = 1000 };

static const char *const commonWords[] = {
    "about", "accept", "account", "address", "adjust", "advance", "agent", "agree", "amount", "annual",
    "answer", "appear", "approve", "arrange", "arrive", "article", "assign", "attach", "attempt", "balance",
    "basket", "battery", "become", "before", "behind", "billing", "blocked", "bought", "branch", "bring",
    "broken", "browser", "budget", "button", "cable", "calendar", "camera", "cancel", "carrier", "carton",
    "catalog", "center", "certain", "change", "charge", "check", "chosen", "claim", "clear", "client",
    "closed", "collect", "colour", "common", "company", "compare", "complete", "confirm", "contact", "contract",
    "control", "copy", "correct", "counter", "country", "coupon", "courier", "cover", "create", "credit",
    "current", "custom", "damage", "deal", "debit", "decide", "default", "delay", "deliver", "deposit",
    "describe", "desk", "detail", "device", "different", "direct", "discount", "display", "document", "double",
    "doubt", "download", "draft", "driver", "early", "edition", "either", "email", "empty", "enable",
    "engine", "enough", "entry", "error", "escalate", "estimate", "evening", "every", "exchange", "expect",
    "expire", "explain", "extra", "factory", "failed", "family", "faster", "feature", "figure", "filter",
    "final", "folder", "follow", "forward", "found", "frame", "friend", "front", "future", "garden",
    "gather", "general", "gift", "glass", "group", "guide", "handle", "happen", "hardly", "heavy",
    "holiday", "honest", "hotel", "hour", "household", "image", "improve", "include", "inform", "inside",
    "insurance", "invoice", "island", "issue", "item", "join", "journey", "keyboard", "kitchen", "label",
    "laptop", "larger", "later", "leather", "ledger", "letter", "level", "limit", "listed", "little",
    "loan", "local", "locked", "login", "machine", "manager", "manual", "market", "matter", "measure",
    "member", "message", "method", "middle", "minute", "missing", "mobile", "model", "monitor", "morning",
    "mortgage", "moved", "music", "native", "nearby", "network", "never", "notice", "number", "offer",
    "office", "often", "online", "option", "order", "origin", "outside", "package", "paper", "parcel",
    "partner", "password", "payment", "pending", "people", "period", "person", "phone", "picture", "place",
    "planned", "platform", "please", "pocket", "policy", "portal", "postcode", "prefer", "premium", "prepare",
    "price", "printer", "private", "problem", "process", "product", "profile", "promise", "proof", "provide",
    "public", "purchase", "quality", "quarter", "question", "quickly", "raise", "rather", "reader", "reason",
    "receipt", "record", "reduce", "refer", "refund", "region", "register", "release", "remain", "remove",
    "renew", "repair", "repeat", "replace", "reply", "report", "request", "reserve", "reset", "resolve",
    "return", "review", "reward", "router", "sample", "saving", "screen", "search", "season", "second",
    "secure", "select", "sender", "sensor", "service", "settle", "several", "shelf", "shipping", "short",
    "signal", "silver", "simple", "single", "small", "software", "source", "speaker", "special", "square",
    "standard", "state", "station", "status", "stock", "store", "street", "student", "submit", "subscribe",
    "summer", "supplier", "support", "surface", "switch", "system", "tablet", "tariff", "ticket", "title",
    "today", "together", "total", "touch", "tracking", "transfer", "travel", "trial", "trouble", "trusted",
    "update", "upgrade", "upload", "urgent", "usual", "vacuum", "value", "vehicle", "version", "video",
    "visit", "voucher", "waiting", "wallet", "warning", "warranty", "watch", "weather", "website", "weekend",
    "weight", "window", "winter", "without", "wonder", "worker", "written", "wrong", "yellow", "yesterday",
};
static const char *const connectives[] = {
    "and", "the", "for", "with", "from", "that", "when", "after", "into", "but", "our", "your", "this", "because",
};
static const char *const syllables[] = {
    "ba", "bel", "bor", "ca", "cor", "da", "del", "dra", "el", "fa", "fen", "ga", "gor", "ha", "hil", "is",
    "jo", "ka", "kel", "la", "lin", "lo", "ma", "mel", "mi", "na", "nor", "o", "pa", "pri", "qui", "ra",
    "ren", "ro", "sa", "sel", "si", "ta", "ter", "tu", "u", "va", "ver", "vi", "wa", "wen", "xa", "ya", "ze", "zo",
};
static const char *const queues[] = {
    "billing", "shipping", "returns", "account", "technical", "sales", "warranty", "feedback",
};

#define COUNT(array) (sizeof(array) / sizeof((array)[0]))

/// One side's words; a word is spelled out, so that an edit can replace it.
struct Side {
    int wordCount;
    char words[maximumWords][maximumWordBytes];
};

struct Row {
    struct Side prompt, response;
    const char *queue;
};

/// SplitMix64 (Steele, Lea, Flood 2014): advances the state and returns the next value.
static uint64_t nextRandom(uint64_t *state) {
    uint64_t z = (*state += 0x9E3779B97F4A7C15u);
    z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9u;
    z = (z ^ (z >> 27)) * 0x94D049BB133111EBu;
    return z ^ (z >> 31);
}

/// A value below `bound` (at most 2^32) by multiplication; its bias is below 2^-32.
static uint32_t below(uint64_t *state, uint64_t bound) {
    return (uint32_t)(((nextRandom(state) >> 32) * bound) >> 32);
}

/// A word: three of four are common, one of ten is made of syllables (names, products), the rest connect.
static void makeWord(uint64_t *state, char *word) {
    uint32_t kind = below(state, 100);
    if (kind < 75) {
        strcpy(word, commonWords[below(state, COUNT(commonWords))]);
    } else if (kind < 90) {
        strcpy(word, connectives[below(state, COUNT(connectives))]);
    } else {
        word[0] = 0;
        for (int part = 0; part < 4; part++) strcat(word, syllables[below(state, COUNT(syllables))]);
    }
}

/// Fills a side with words of `minimumBytes` in all, or a little more (spaces included).
static void makeSide(uint64_t *state, struct Side *side, int minimumBytes) {
    int bytes = 0;
    side->wordCount = 0;
    while (bytes < minimumBytes && side->wordCount < maximumWords) {
        char *word = side->words[side->wordCount++];
        makeWord(state, word);
        bytes += (int)strlen(word) + 1;
    }
}

/// The new row of this number, the same whenever it is asked for.
static void makeRow(uint64_t seed, uint64_t number, struct Row *row) {
    uint64_t state = seed * 0xD1342543DE82EF95u + number;
    nextRandom(&state);
    makeSide(&state, &row->prompt, 70 + (int)below(&state, 36));
    makeSide(&state, &row->response, 98 + (int)below(&state, 46));
    row->queue = queues[below(&state, COUNT(queues))];
}

/// Replaces one word of the side by another one.
static void editSide(uint64_t *state, struct Side *side) {
    char *word = side->words[below(state, (uint64_t)side->wordCount)];
    char before[maximumWordBytes];
    strcpy(before, word);
    while (strcmp(before, word) == 0) makeWord(state, word);
}

static char *append(char *end, const char *text) {
    size_t length = strlen(text);
    memcpy(end, text, length);
    return end + length;
}

/// Appends the side as a sentence: a capital first, a full stop last. No byte of it needs a JSON escape.
static char *appendSide(char *end, const struct Side *side) {
    char *start = end;
    for (int index = 0; index < side->wordCount; index++) {
        if (index > 0) *end++ = ' ';
        end = append(end, side->words[index]);
    }
    *start = (char)(*start - 'a' + 'A');
    *end++ = '.';
    return end;
}

static char *appendRow(char *end, const struct Row *row) {
    end = append(end, "{\"messages\":[{\"role\":\"user\",\"content\":\"");
    end = appendSide(end, &row->prompt);
    end = append(end, "\"},{\"role\":\"assistant\",\"content\":\"");
    end = appendSide(end, &row->response);
    end = append(end, "\"}],\"queue\":\"");
    end = append(end, row->queue);
    return append(end, "\"}\n");
}

int main(int argumentCount, char **arguments) {
    if (argumentCount < 2 || argumentCount > 4) {
        fprintf(stderr, "usage: million_rows OUT.jsonl [N] [SEED]\n");
        return 2;
    }
    uint64_t rowCount = argumentCount > 2 ? strtoull(arguments[2], NULL, 10) : 10000000;
    uint64_t seed = argumentCount > 3 ? strtoull(arguments[3], NULL, 10) : 1;
    FILE *file = fopen(arguments[1], "wb");
    if (file == NULL) {
        perror(arguments[1]);
        return 2;
    }
    static char fileBuffer[1 << 20];
    setvbuf(file, fileBuffer, _IOFBF, sizeof fileBuffer);

    uint64_t state = ~seed, newCount = 0, exactCount = 0, nearCount = 0, byteCount = 0;
    struct Row row;
    char line[2 * maximumWords * maximumWordBytes + 256];
    for (uint64_t index = 0; index < rowCount; index++) {
        uint32_t kind = newCount == 0 ? 99 : below(&state, 100);
        if (kind >= 30) {
            makeRow(seed, newCount++, &row);
        } else {
            uint64_t pool = below(&state, 10) == 0 && newCount > hotRows ? hotRows : newCount;
            makeRow(seed, below(&state, pool), &row);
            if (kind < 15) {
                exactCount++;
            } else {
                nearCount++;
                editSide(&state, &row.response);
                if (below(&state, 3) == 0) editSide(&state, &row.prompt);
            }
        }
        size_t length = (size_t)(appendRow(line, &row) - line);
        byteCount += length;
        if (fwrite(line, 1, length, file) != length) break;
    }
    if (ferror(file) || fclose(file) != 0) {
        perror(arguments[1]);
        return 2;
    }
    fprintf(stderr, "{\"rows\":%llu,\"new\":%llu,\"exact\":%llu,\"near\":%llu,\"bytes\":%llu}\n",
            (unsigned long long)rowCount, (unsigned long long)newCount, (unsigned long long)exactCount,
            (unsigned long long)nearCount, (unsigned long long)byteCount);
    return 0;
}
