#include <stdio.h>

#include "taiyaku.h"

int main(void)
{
    printf("taiyaku %s\n", ty_version());
    return 0;
}
