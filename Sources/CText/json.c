#include "ctext_json.h"

#include "block.h"

/* Bytes that a JSON string cannot hold as they are, and those beyond ASCII. */
CTEXT_INLINE uint64_t careful_bits(const ctext_block *block) {
    const ctext_block v = *block;
    return CTEXT_BITS(
        (v < (uint8_t)0x20) | (v >= (uint8_t)0x7F) | (v == (uint8_t)'"') | (v == (uint8_t)'\\'));
}

/* Writes one ASCII byte that is escaped; returns the bytes written. */
CTEXT_INLINE size_t escape(uint8_t byte, uint8_t *out) {
    static const uint8_t letters[32] = {['\n'] = 'n', ['\r'] = 'r', ['\t'] = 't'};
    const uint8_t letter = byte < 0x20 ? letters[byte] : byte == 0x7F ? 0 : byte;
    out[0] = '\\';
    if (letter != 0) {
        out[1] = letter;
        return 2;
    }
    out[1] = 'u';
    out[2] = '0';
    out[3] = '0';
    out[4] = (uint8_t)('0' + (byte >> 4));
    out[5] = (uint8_t)((byte & 15) < 10 ? '0' + (byte & 15) : 'a' + (byte & 15) - 10);
    return 6;
}

CTEXT_BLOCK_CLONES
ctext_json_progress ctext_json_escape(const uint8_t *text, size_t length, uint8_t *out) {
    size_t written = 0;
    for (size_t at = 0; at < length; at += CTEXT_BLOCK_SIZE) {
        const size_t size = length - at < CTEXT_BLOCK_SIZE ? length - at : CTEXT_BLOCK_SIZE;
        /* Two blocks, so that what follows an escape can be copied anew whole. */
        uint8_t bytes[2 * CTEXT_BLOCK_SIZE] = {0};
        ctext_block block;
        ctext_load_block(&block, text + at, length - at);
        memcpy(bytes, &block, CTEXT_BLOCK_SIZE);
        memcpy(out + written, &block, CTEXT_BLOCK_SIZE);
        uint64_t careful = careful_bits(&block) & ctext_low_bits(size);
        size_t from = 0;
        while (careful != 0) {
            const size_t place = (size_t)__builtin_ctzll(careful);
            careful &= careful - 1;
            written += place - from;
            if (bytes[place] >= 0x80) return (ctext_json_progress){at + place, written};
            written += escape(bytes[place], out + written);
            from = place + 1;
            memcpy(out + written, bytes + from, CTEXT_BLOCK_SIZE);
        }
        written += size - from;
    }
    return (ctext_json_progress){length, written};
}

CTEXT_BLOCK_CLONES
size_t ctext_json_plain(const uint8_t *text, size_t length) {
    for (size_t at = 0; at < length; at += CTEXT_BLOCK_SIZE) {
        ctext_block block;
        ctext_load_block(&block, text + at, length - at);
        const uint64_t careful =
            CTEXT_BITS((block < (uint8_t)0x20) | (block >= (uint8_t)0x7F)) & ctext_low_bits(length - at);
        if (careful != 0) return at + (size_t)__builtin_ctzll(careful);
    }
    return length;
}
