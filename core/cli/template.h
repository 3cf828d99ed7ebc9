/* template.h: the files that `headroom init` writes: a small unitary council, every figure illustrative, that runs as
 * it is. */
// SPDX-License-Identifier: GPL-3.0-or-later
#ifndef HEADROOM_TEMPLATE_H
#define HEADROOM_TEMPLATE_H

#include "cli/cli.h"

static const struct new_file template_files[] = {
  { .name = "council.csv",
    .text = "key,value,basis,source,note\n"
            "name,My Council,,,change this first\n"
            "ons_code,,,,such as E06000012\n"
            "class,unitary,,,unitary county district metropolitan london_borough fire other\n"
            "money,GBP thousand,,,GBP or GBP thousand or GBP million: how every amount below is read\n"
            "signs,budget,,,cost + income - funding +\n"
            "first_year,2026/27,,,\n"
            "years,4,,,\n"
            "price_basis,cash,,,\n"
            "minimum_percent,5,,,the council's own minimum for the General Fund\n"
            "minimum_of,net_budget_after_savings,,,\n"
            "default_basis,illustrative,,,\n"
            "default_source,template,,,replace with the document that the figures are from\n"
            "as_at,2026-02-20,,,the date of the plan\n" },
  { .name = "drivers.csv",
    .text = "id,label,class,2026/27,2027/28,2028/29,2029/30,note\n"
            "pay,Pay award,pay,3.0,2.5,2.5,2.0,per cent on the year before\n"
            "cpi,CPI,price,2.5,2.2,2.0,2.0,\n"
            "care_fees,Adult social care fees,care,4.5,4.0,3.5,3.5,\n"
            "care_demand,Adult social care demand,demand,2.0,2.0,2.0,2.0,\n"
            "placements,Cost of a placement,unit_cost,5.0,4.0,4.0,4.0,\n"
            "fees,Fees and charges,income,2.5,2.5,2.5,2.5,\n"
            "base,Council tax base growth,tax_base,0.8,0.8,0.8,0.8,\n" },
  { .name = "mtfp.csv",
    .text =
        "id,label,class,recurrence,form,part,drivers,2025/26,2026/27,2027/28,2028/29,2029/30,tags,note\n"
        "staff,Employees,pay,recurring,roll,,pay,60000,0,0,0,0,,roll: last year grown by its drivers plus the step of "
        "the "
        "year\n"
        "contracts,Contracts and supplies,contract,recurring,roll,,cpi,30000,0,0,0,0,discretionary,\n"
        "adults,Adult social care,care,recurring,roll,,care_fees care_demand,45000,0,0,0,0,social_care,\n"
        "children,Children looked after,care,recurring,units,,,,,,,,children,number times unit cost\n"
        "children,,,,,number,,300,305,305,300,300,,\n"
        "children,,,,,unit_cost,placements,70000,,,,,,always in pounds\n"
        "fees,Fees and charges,income,recurring,roll,,fees,-18000,0,0,0,0,,\n"
        "financing,MRP and interest,mrp,recurring,level,,,9500,9800,10200,10500,10700,,level: the amount of each year\n"
        "oneoff,One-off items,pressure,one_off,level,,,0,500,0,0,0,,never enters the next base\n"
        "tax,Council tax,council_tax,recurring,council_tax,,,,,,,,,worked out from council_tax.csv\n"
        "fund,Collection fund,collection_fund,one_off,level,,,0,300,0,0,0,,\n"
        "rates,Business rates,business_rates,recurring,level,,,42000,42500,43300,44100,44900,,\n"
        "grants,Government grants,grant,recurring,level,,,29648,29700,29500,29300,29100,,\n" },
  { .name = "council_tax.csv",
    .text = "term,drivers,2025/26,2026/27,2027/28,2028/29,2029/30,note\n"
            "band_d,,1800.00,,,,,pounds; later years are built from the rises\n"
            "core_rise,,,2.99,2.99,2.99,2.99,\n"
            "asc_rise,,,2,2,2,2,\n"
            "equivalents,base,43000,,,,,Band D equivalents before collection\n"
            "collection,,98,98,98,98,98,the eventual rate\n" },
  { .name = "savings.csv",
    .text = "id,label,line,recurrence,phasing,full_year,2026/27,2027/28,2028/29,2029/30,delivery,rag,note\n"
            "digital,Digital and customer services,contracts,recurring,percent_in_place,900,50,100,100,100,95,green,"
            "per cent of full_year in place in each year\n"
            "reablement,Reablement,adults,recurring,amount_new,,400,800,0,0,75,amber,new in each year; it stays\n" },
  { .name = "reserves.csv",
    .text = "id,label,class,opening,draw_order,2026/27,2027/28,2028/29,2029/30,note\n"
            "smoothing,Budget smoothing,smoothing,8000,1,0,0,0,0,\n"
            "service,Service reserves,in_extremis,5000,2,0,0,0,0,\n"
            "gf,General Fund,general_fund,9000,,0,0,0,0,always drawn last\n"
            "schools,Schools balances,ring_fenced,4000,,0,0,0,0,never drawn\n"
            "dsg,DSG adjustment account,dsg,-6000,,0,0,0,0,a deficit is negative\n" },
  { .name = "capital_receipts.csv",
    .text =
        "id,asset,year,amount,certainty,eligible,to_debt,to_avoid,to_flexible,life,rate,method,interest,in_plan,note\n"
        "depot,Old depot,2027/28,3000,marketed,yes,0,0,0,25,4.5,straight,level,no,"
        "all held: a scenario says what it could be used for\n" },
  { .name = "scenarios.csv",
    .text = "scenario,plugin,instance,parameter,value,2026/27,2027/28,2028/29,2029/30,note\n"
            "pay,,,label,Pay award 1 point higher,,,,,\n"
            "pay,pay_award,,extra_award,1pp,,,,,\n"
            "slip,,,label,Savings slip a year,,,,,\n"
            "slip,shift,slip,input,saving:recurrence=recurring.months_late,,,,,\n"
            "slip,shift,slip,add,12,,,,,\n"
            "depot,,,label,The depot's receipt repays debt,,,,,\n"
            "depot,shift,depot,input,receipt:depot.to_debt,,,,,\n"
            "depot,shift,depot,add,100pp,,,,,\n"
            "both,,,label,Pay and slip together,,,,,\n"
            "both,,,include,pay,,,,,\n"
            "both,,,include,slip,,,,,\n" },
};

#endif
