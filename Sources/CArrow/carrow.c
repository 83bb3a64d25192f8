#include "carrow.h"

#include <dlfcn.h>
#include <stdio.h>

const carrow_api *carrow_load(const char *path, char *why, size_t why_bytes) {
    void *library = dlopen(path, RTLD_NOW | RTLD_LOCAL);
    if (library == NULL) {
        const char *text = dlerror();
        snprintf(why, why_bytes, "%s", text == NULL ? "unknown reason" : text);
        return NULL;
    }
    carrow_entry entry;
    *(void **)&entry = dlsym(library, CARROW_ENTRY);
    const carrow_api *api = entry == NULL ? NULL : entry();
    if (api == NULL || api->version != CARROW_VERSION) {
        snprintf(why, why_bytes, "%s is of another version", path);
        dlclose(library);
        return NULL;
    }
    return api;
}
