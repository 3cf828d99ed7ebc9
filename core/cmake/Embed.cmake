# Embed.cmake: files as arrays of bytes in a C source, so that the program carries them.  Included for its function; run as a script,
# `cmake -DOUT=... -DNAME=... -DFILES=... -P Embed.cmake`, it writes the source.
set(HEADROOM_EMBED ${CMAKE_CURRENT_LIST_FILE})

# headroom_embed(TARGET HEADER NAME FILE...): the target gets `const struct new_file NAME[]` and `const size_t n_NAME`, as HEADER of core
# declares them.
function(headroom_embed target header name)
  set(out ${PROJECT_BINARY_DIR}/embed/${name}.c)
  list(TRANSFORM ARGN PREPEND ${CMAKE_CURRENT_SOURCE_DIR}/)
  string(REPLACE ";" "," files "${ARGN}")
  add_custom_command(OUTPUT ${out}
    COMMAND ${CMAKE_COMMAND} -DOUT=${out} -DHEADER=${header} -DNAME=${name} -DFILES=${files} -P ${HEADROOM_EMBED}
    DEPENDS ${ARGN} ${HEADROOM_EMBED} VERBATIM)
  target_sources(${target} PRIVATE ${out})
endfunction()

if(CMAKE_SCRIPT_MODE_FILE STREQUAL CMAKE_CURRENT_LIST_FILE)
  set(arrays "")
  set(table "")
  set(n 0)
  string(REPLACE "," ";" FILES "${FILES}")
  foreach(file ${FILES})
    file(READ ${file} bytes HEX)
    string(REGEX REPLACE "(..)" "0x\\1," bytes "${bytes}")
    get_filename_component(base ${file} NAME)
    string(APPEND arrays "static const unsigned char file_${n}[] = {${bytes}0};\n")
    string(APPEND table "  {\"${base}\", (const char *)file_${n}, sizeof file_${n} - 1},\n")
    math(EXPR n "${n} + 1")
  endforeach()
  file(WRITE ${OUT} "#include \"${HEADER}\"\n\n${arrays}\nconst struct new_file ${NAME}[] = {\n${table}};\nconst size_t n_${NAME} = ${n};\n")
endif()
