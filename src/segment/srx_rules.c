#include "segment/internal.h"
ty_status ty_srx_compile(const ty_srx *srx, ty_slice lang, ty_srx_program **out, ty_error *error)
{
    *out = NULL;
    return ty_error_set(error, TY_ERR_USAGE, "SRX rules cannot be run yet");
}
void ty_srx_program_free(ty_srx_program *program)
{
    (void)program;
}
