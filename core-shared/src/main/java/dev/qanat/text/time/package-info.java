/** Calendar, time zones, strftime and GNU's reading of dates; on 64-bit seconds, no locale. */
package dev.qanat.text.time;
