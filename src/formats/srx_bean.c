/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Segmentation rules as OmegaT keeps them before version 6: segmentation.conf, a Java bean of the class
 * org.omegat.core.segmentation.SRX (java.beans.XMLEncoder, "Long Term Persistence of JavaBeans Components:
 * XML Schema").
 */
#include "formats/formats.h"

static void add_text(ty_buffer *out, const char *property, ty_slice text)
{
    ty_buffer_add_format(out, "<void property=\"%s\"><string>", property);
    ty_buffer_add_xml(out, text);
    ty_buffer_add_string(out, "</string></void>\n");
}

static void add_rule(ty_buffer *out, const ty_srx_rule *rule)
{
    ty_buffer_add_string(out, "<void method=\"add\"><object class=\"org.omegat.core.segmentation.Rule\">\n");
    add_text(out, "afterbreak", rule->after);
    add_text(out, "beforebreak", rule->before);
    ty_buffer_add_format(out, "<void property=\"breakRule\"><boolean>%s</boolean></void>\n",
                         rule->breaks ? "true" : "false");
    ty_buffer_add_string(out, "</object></void>\n");
}

static void add_rules(ty_buffer *out, const ty_srx *srx, ty_slice list)
{
    for (size_t i = 0; i < srx->lists.count; i++)
        if (ty_slice_equal(srx->lists.items[i].name, list))
            for (size_t k = 0; k < srx->lists.items[i].rules.count; k++)
                add_rule(out, &srx->lists.items[i].rules.items[k]);
}

static void add_map(ty_buffer *out, const ty_srx *srx, const ty_srx_map *map)
{
    ty_buffer_add_string(out,
                         "<void method=\"add\"><object class=\"org.omegat.core.segmentation.MapRule\">\n");
    add_text(out, "language", map->list);
    add_text(out, "pattern", map->pattern);
    ty_buffer_add_string(out, "<void property=\"rules\"><object class=\"java.util.ArrayList\">\n");
    add_rules(out, srx, map->list);
    ty_buffer_add_string(out, "</object></void>\n</object></void>\n");
}

void ty_srx_bean(const ty_srx *srx, ty_buffer *out)
{
    ty_buffer_add_string(out, "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<!-- Made by taiyaku -->\n"
                              "<java version=\"1.8.0\" class=\"java.beans.XMLDecoder\">\n"
                              "<object class=\"org.omegat.core.segmentation.SRX\">\n");
    add_text(out, "version", TY_SLICE("0.2.2"));
    ty_buffer_add_string(out, "<void property=\"mappingRules\"><object class=\"java.util.ArrayList\">\n");
    for (size_t i = 0; i < srx->maps.count; i++)
        add_map(out, srx, &srx->maps.items[i]);
    ty_buffer_add_string(out, "</object></void>\n</object>\n</java>\n");
}
